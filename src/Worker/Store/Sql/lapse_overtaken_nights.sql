-- meaning: a night of a day before that up to which the contacts have been advanced cannot be made up for: it lapses
-- writes:  runs, units of the night that are not running; what an attempt had failed for is kept
-- params:  @now
update runs
set
    state = 'lapsed',
    error = 'overtaken: the contacts stand as of ' || (select as_of from watermark) || ' already'
    || coalesce('; before that: ' || error, ''),
    due_at = null,
    lease_until = null,
    ended_at = @now
where
    job in ('night', 'score')
    and part <> ''
    and (state in ('queued', 'dead') or (state = 'failed' and due_at is not null))
    and as_of < (select as_of from watermark)
