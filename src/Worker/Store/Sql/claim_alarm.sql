-- meaning: the next alarm that has not been told by one way; others leave it alone until @next_try_at
-- grain:   at most one alarm
-- writes:  alarm_tellings, at most one row
-- params:  @way, @now, @next_try_at
update alarm_tellings
set next_try_at = @next_try_at
where
    told_at is null
    and next_try_at <= @now
    and way = @way
    and key = (
        select alarms.key
        from alarms
        inner join alarm_tellings as tellings on tellings.key = alarms.key
        where tellings.way = @way and tellings.told_at is null and tellings.next_try_at <= @now
        order by alarms.raised_at, alarms.key
        limit 1
    )
returning
    key,
    (select alarms.words from alarms where alarms.key = alarm_tellings.key) as words
