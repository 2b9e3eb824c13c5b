-- meaning: all users
-- grain:   one user
-- reads:   users
select
    name,
    role,
    password_hash,
    stamp,
    locked_until
from users
order by name
