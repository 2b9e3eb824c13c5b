-- meaning: a run by hand that never came to its end was killed; the same job beginning again by hand says so
-- writes:  runs, those by hand still running
-- params:  @job, @ended_at
update runs
set
    state = 'failed',
    ended_at = @ended_at,
    error = 'interrupted'
where state = 'running' and job = @job and part = ''
