-- meaning: the state of the lake by which all addresses have their contacts; none when that is to be worked out anew
-- grain:   at most one row
-- reads:   addresses_settled
select lake_state
from addresses_settled
