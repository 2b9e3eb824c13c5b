-- meaning: the job's next unit that is due, or whose worker's lease has run out, is this worker's now
-- grain:   at most one unit
-- writes:  runs, at most one row
-- params:  @job, @worker, @now, @until
update runs
set
    state = 'running',
    worker = @worker,
    lease_until = @until,
    attempts = attempts + 1,
    step = '',
    share = null,
    doing = null,
    started_at = coalesce(started_at, @now),
    ended_at = null
where id = (
    select id
    from runs
    where
        job = @job
        and attempts < max_attempts
        and (
            (state in ('queued', 'failed') and due_at <= @now)
            or (state = 'running' and lease_until <= @now)
        )
    order by due_at, id
    limit 1
)
returning
    id,
    job,
    as_of,
    part,
    state,
    step,
    share,
    doing,
    counts,
    error,
    attempts,
    max_attempts,
    started_by,
    worker,
    lease_until,
    due_at,
    queued_at,
    started_at,
    ended_at
