-- meaning: a worker is through with its unit: done, or failed and tried again when due, or dead
-- writes:  runs, at most one row; none when another worker has taken it over
-- params:  @id, @worker, @attempts, @state, @counts (json), @error, @due_at (of the next try), @ended_at
update runs
set
    state = @state,
    share = null,
    doing = null,
    counts = @counts,
    error = @error,
    due_at = @due_at,
    lease_until = null,
    ended_at = @ended_at
where id = @id and state = 'running' and worker = @worker and attempts = @attempts
