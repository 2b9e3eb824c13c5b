-- meaning: a user is one no longer
-- writes:  users, at most one row
-- params:  @name
delete from users
where name = @name
