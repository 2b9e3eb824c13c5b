-- meaning: when the last whole night ended well, by schedule or by hand, and when the first was ever asked for
-- grain:   one row
-- reads:   runs
select
    max(case when state in ('done', 'warned') then ended_at end) as last_success,
    min(queued_at) as first_asked
from runs
where job in ('night', 'run')
