-- meaning: the user of a name, if there is one
-- grain:   one user
-- reads:   users
-- params:  @name
select
    name,
    role,
    password_hash,
    stamp,
    locked_until
from users
where name = @name
