-- meaning: a run by hand whose process has ended without saying so has failed
-- writes:  runs, one row that still runs
-- params:  @id, @ended_at, @error
update runs
set
    state = 'failed',
    ended_at = @ended_at,
    error = @error
where id = @id and state = 'running' and part = ''
