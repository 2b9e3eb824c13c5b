-- meaning: the worker is still at its unit; nothing is changed when another has taken it over
-- writes:  runs, at most one row
-- params:  @id, @worker, @attempts, @until
update runs
set lease_until = @until
where id = @id and state = 'running' and worker = @worker and attempts = @attempts
