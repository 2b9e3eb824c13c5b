-- meaning: a run of a command that never came to its end was killed; the same command beginning again says so
-- writes:  runs, those still running
-- params:  @command, @ended_at
update runs
set
    state = 'failed',
    ended_at = @ended_at,
    error = 'interrupted'
where state = 'running' and command = @command
