-- meaning: how many contacts stand where
-- grain:   one stage
-- reads:   positions
select
    stage,
    count(*) as contacts
from positions
group by stage
