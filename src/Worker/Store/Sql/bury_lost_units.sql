-- meaning: a unit that took its worker down as often as it may be tried is given up
-- writes:  runs, those whose lease has run out on the last attempt
-- params:  @now
update runs
set
    state = 'dead',
    error = 'the worker ended without a word, at every attempt',
    lease_until = null,
    ended_at = @now
where state = 'running' and lease_until <= @now and attempts >= max_attempts
