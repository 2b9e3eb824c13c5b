-- meaning: a unit comes to its next step; nothing is changed when another worker has taken it over
-- writes:  runs, at most one row
-- params:  @id, @worker, @attempts, @step
update runs
set
    step = @step,
    share = null,
    doing = null
where id = @id and state = 'running' and worker = @worker and attempts = @attempts
