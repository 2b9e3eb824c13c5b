-- meaning: when the last whole night ended well, by schedule or by hand, and when the first was queued by schedule
-- grain:   one row
-- reads:   runs
select
    max(case when state in ('done', 'warned') then ended_at end) as last_success,
    min(case when job = 'night' then queued_at end) as first_asked
from runs
where job in ('night', 'run')
