-- meaning: a unit that was given up is tried anew from the first attempt
-- writes:  runs, at most one row
-- params:  @id, @now
update runs
set
    state = 'queued',
    attempts = 0,
    due_at = @now,
    worker = null,
    started_at = null,
    ended_at = null
where id = @id and state = 'dead'
