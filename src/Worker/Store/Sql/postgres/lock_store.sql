-- meaning: one writer of the store at a time, until the end of its transaction; the schema is part of the lock's name
-- writes:  nothing
select pg_advisory_xact_lock(hashtext('leads'), hashtext(current_schema()))
