-- meaning: every contact that stands anywhere
-- grain:   one contact
-- reads:   positions
select contact
from positions
