-- meaning: what became of a planned follow-up; one that is settled already stays so, and what lapses here is overtaken
-- writes:  follow_ups, at most one row
-- params:  @key, @state
update follow_ups
set
    state = @state,
    why = case when @state = 'lapsed' then 'overtaken' end
where key = @key and state = 'planned'
