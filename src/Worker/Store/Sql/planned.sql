-- meaning: how much is still to be done
-- grain:   one row
-- reads:   follow_ups
select count(*) as planned
from follow_ups
where state = 'planned'
