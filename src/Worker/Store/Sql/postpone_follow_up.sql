-- meaning: a planned follow-up waits and is looked at again at an instant
-- writes:  follow_ups, at most one row
-- params:  @key, @look_at, @why
update follow_ups
set
    look_at = @look_at,
    why = @why
where key = @key and state = 'planned'
