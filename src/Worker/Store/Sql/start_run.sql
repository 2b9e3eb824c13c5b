-- meaning: a run by hand begins
-- writes:  runs, one row
-- params:  @as_of, @job, @started_at
insert into runs (
    job,
    as_of,
    part,
    state,
    step,
    counts,
    attempts,
    max_attempts,
    started_by,
    queued_at,
    started_at
)
values (
    @job,
    @as_of,
    '',
    'running',
    '',
    '{}',
    1,
    1,
    'command line',
    @started_at,
    @started_at
)
returning id
