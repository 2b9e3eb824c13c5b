-- meaning: a unit says how far it is, and lapses when a later day has made it needless; an alarm is told by several ways
-- grain: one unit (a part of a job's day), or one run by hand, whose part is empty and which may be repeated
create table runs_with_progress (
    id integer primary key,
    job text not null,
    as_of text not null,
    part text not null,
    state text not null check (state in ('queued', 'running', 'done', 'warned', 'failed', 'dead', 'lapsed')),
    step text not null,
    share real,
    doing text,
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

insert into runs_with_progress (
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
    worker,
    lease_until,
    due_at,
    queued_at,
    started_at,
    ended_at
)
select
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
    worker,
    lease_until,
    due_at,
    queued_at,
    started_at,
    ended_at
from runs
order by id;

drop table runs;

alter table runs_with_progress rename to runs;

create unique index runs_once on runs (job, as_of, part) where part <> '';

create index runs_by_state on runs (state, due_at);

-- grain: one alarm told by one way: to the log, the webhook, by mail
create table alarm_tellings (
    key text not null references alarms (key) on delete cascade,
    way text not null,
    next_try_at text not null,
    told_at text,
    primary key (key, way)
) strict, without rowid;

insert into alarm_tellings (key, way, next_try_at, told_at)
select
    key,
    'webhook',
    next_try_at,
    told_at
from alarms;

alter table alarms drop column next_try_at;

alter table alarms drop column told_at;
