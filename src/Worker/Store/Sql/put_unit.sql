-- meaning: a unit of work is queued; one that is known stays as it is, whatever became of it
-- writes:  runs, at most one row
-- params:  @job, @as_of, @part, @due_at, @started_by, @max_attempts, @queued_at
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
    due_at,
    queued_at
)
values (
    @job,
    @as_of,
    @part,
    'queued',
    '',
    '{}',
    0,
    @max_attempts,
    @started_by,
    @due_at,
    @queued_at
)
on conflict do nothing
