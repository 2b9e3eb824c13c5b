-- meaning: a new user; one of the same name stays as it is
-- writes:  users, at most one row
-- params:  @name, @role, @password_hash, @stamp
insert into users (name, role, password_hash, stamp, failures)
values (@name, @role, @password_hash, @stamp, 0)
on conflict (name) do nothing
