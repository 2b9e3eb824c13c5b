-- meaning: a worker that is being stopped gives its unit back, as if it had not begun
-- writes:  runs, at most one row; none when another worker has taken it over
-- params:  @id, @worker, @attempts, @now
update runs
set
    state = 'queued',
    share = null,
    doing = null,
    attempts = attempts - 1,
    due_at = @now,
    worker = null,
    lease_until = null
where id = @id and state = 'running' and worker = @worker and attempts = @attempts
