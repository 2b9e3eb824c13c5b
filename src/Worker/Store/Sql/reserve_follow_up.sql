-- meaning: a planned follow-up is on its way; nothing is changed when it is not planned any more
-- writes:  follow_ups, at most one row
-- params:  @key
update follow_ups
set
    state = 'sending',
    why = null
where key = @key and state = 'planned'
