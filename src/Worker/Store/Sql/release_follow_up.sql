-- meaning: a follow-up that was on its way and has not gone is planned again
-- writes:  follow_ups, at most one row
-- params:  @key, @look_at, @why
update follow_ups
set
    state = 'planned',
    look_at = @look_at,
    why = @why
where key = @key and state = 'sending'
