-- meaning: another password; a new stamp ends what was signed in with the old one
-- writes:  users, at most one row
-- params:  @name, @password_hash, @stamp
update users
set
    password_hash = @password_hash,
    stamp = @stamp,
    failures = 0,
    locked_until = null
where name = @name
