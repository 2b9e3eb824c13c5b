-- meaning: how all contacts leaned on the last night
-- grain:   at most one row
-- reads:   leaning
select prior
from leaning
