-- meaning: the latest runs, newest first
-- grain:   one run
-- reads:   runs
-- params:  @last (how many)
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
order by id desc
limit @last
