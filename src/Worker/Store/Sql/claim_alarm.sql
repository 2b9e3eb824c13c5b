-- meaning: the next alarm that nobody has been told of; others leave it alone until @next_try_at
-- grain:   at most one alarm
-- writes:  alarms, at most one row
-- params:  @now, @next_try_at
update alarms
set next_try_at = @next_try_at
where
    told_at is null
    and next_try_at <= @now
    and key = (
        select key
        from alarms
        where told_at is null and next_try_at <= @now
        order by raised_at, key
        limit 1
    )
returning
    key,
    words
