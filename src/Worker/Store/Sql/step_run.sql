-- meaning: a run comes to its next step
-- writes:  runs, one row
-- params:  @id, @step
update runs
set step = @step
where id = @id
