-- meaning: the latest runs, newest first
-- grain:   one run
-- reads:   runs
-- params:  @last (how many)
select
    id,
    as_of,
    command,
    step,
    state,
    started_at,
    ended_at,
    counts,
    error
from runs
order by id desc
limit @last
