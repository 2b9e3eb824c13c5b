-- meaning: runs become units of work that workers claim under a lease, try again and give up; earlier runs are kept
-- grain: one unit (a part of a job's day), or one run by hand, whose part is empty and which may be repeated
create table runs_with_units (
    id integer primary key,
    job text not null,
    as_of text not null,
    part text not null,
    state text not null check (state in ('queued', 'running', 'done', 'warned', 'failed', 'dead')),
    step text not null,
    counts text not null,
    error text,
    attempts integer not null,
    max_attempts integer not null,
    started_by text not null,
    worker text,
    lease_until text,
    due_at text,
    queued_at text not null,
    started_at text,
    ended_at text
) strict;

insert into runs_with_units (
    id,
    job,
    as_of,
    part,
    state,
    step,
    counts,
    error,
    attempts,
    max_attempts,
    started_by,
    queued_at,
    started_at,
    ended_at
)
select
    id,
    command,
    as_of,
    '',
    state,
    step,
    counts,
    error,
    1,
    1,
    'command line',
    started_at,
    started_at,
    ended_at
from runs
order by id;

drop table runs;

alter table runs_with_units rename to runs;

-- nothing runs twice: a unit is queued once, whoever asks for it
create unique index runs_once on runs (job, as_of, part) where part <> '';

create index runs_by_state on runs (state, due_at);

-- grain: one thing that somebody has to look at, told once
create table alarms (
    key text primary key,
    words text not null,
    raised_at text not null,
    next_try_at text not null,
    told_at text
) strict, without rowid;
