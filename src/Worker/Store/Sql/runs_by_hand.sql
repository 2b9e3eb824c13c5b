-- meaning: runs by hand that have begun and not said how they ended
-- grain:   one run
-- reads:   runs
select
    id,
    worker
from runs
where state = 'running' and part = ''
order by id
