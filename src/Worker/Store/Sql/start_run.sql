-- meaning: a run begins
-- writes:  runs, one row
-- params:  @as_of, @command, @started_at
insert into runs (
    as_of,
    command,
    step,
    state,
    started_at,
    counts
)
values (
    @as_of,
    @command,
    '',
    'running',
    @started_at,
    '{}'
)
returning id
