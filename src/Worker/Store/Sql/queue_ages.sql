-- meaning: since when work has been due that nobody has begun
-- grain:   one job with such work
-- reads:   runs
-- params:  @now
select
    job,
    min(due_at) as due_at
from runs
where state in ('queued', 'failed') and due_at <= @now
group by job
order by job
