-- meaning: an attempt to sign in, counted before its password is looked at; none while the name is locked
-- writes:  users, at most one row
-- params:  @name, @now, @until (the end of a lock that begins now), @most (attempts that may fail one after the other)
update users
set
    failures = case
        when locked_until is not null then 1
        else failures + 1
    end,
    locked_until = case
        when locked_until is null and failures + 1 >= @most then @until
    end
where name = @name and (locked_until is null or locked_until <= @now)
