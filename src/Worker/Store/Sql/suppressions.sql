-- meaning: the salted hashes of erased contacts
-- grain:   one erased contact
-- reads:   suppressions
select hash
from suppressions
order by hash
