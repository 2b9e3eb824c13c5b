-- meaning: alarms that were raised long ago, and are not of a unit that is still given up, are forgotten
-- writes:  alarms, and how they were told
-- params:  @before
delete from alarms
where
    raised_at < @before
    and not exists (
        select 1
        from runs
        where state = 'dead' and alarms.key like 'dead:' || runs.id || ':%'
    )
