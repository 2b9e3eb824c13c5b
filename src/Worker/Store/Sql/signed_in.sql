-- meaning: the attempt went well
-- writes:  users, at most one row
-- params:  @name
update users
set
    failures = 0,
    locked_until = null
where name = @name
