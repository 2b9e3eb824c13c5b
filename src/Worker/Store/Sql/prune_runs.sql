-- meaning: runs that ended long ago are forgotten; the last night that went well is kept, for silence is counted from it
-- writes:  runs, those that are over; what waits, runs or was given up stays
-- params:  @before
delete from runs
where
    ended_at < @before
    and (state in ('done', 'warned', 'lapsed') or (state = 'failed' and due_at is null))
    and id not in (
        select id
        from runs
        where job in ('night', 'run') and state in ('done', 'warned')
        order by ended_at desc
        limit 1
    )
