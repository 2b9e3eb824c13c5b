-- meaning: units that wait, run, will be tried again or were given up, oldest first
-- grain:   one unit
-- reads:   runs
select
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
from runs
where state in ('queued', 'running', 'dead') or (state = 'failed' and due_at is not null)
order by id
