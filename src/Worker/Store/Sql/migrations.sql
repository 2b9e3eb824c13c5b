-- meaning: the migrations applied to this store
-- grain:   one migration
-- reads:   schema_migrations
select
    number,
    name,
    checksum
from schema_migrations
order by number
