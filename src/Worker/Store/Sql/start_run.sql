-- meaning: a run by hand begins
-- writes:  runs, one row
-- params:  @as_of, @job, @worker, @started_at
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
    worker,
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
    @worker,
    @started_at,
    @started_at
)
returning id
