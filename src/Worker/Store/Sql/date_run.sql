-- meaning: a run by hand has found out the day that it is run as of
-- writes:  runs, one row
-- params:  @id, @as_of
update runs
set as_of = @as_of
where id = @id
