-- meaning: what became of a planned follow-up; one that is settled already stays so
-- writes:  follow_ups, at most one row
-- params:  @key, @state
update follow_ups
set state = @state
where key = @key and state = 'planned'
