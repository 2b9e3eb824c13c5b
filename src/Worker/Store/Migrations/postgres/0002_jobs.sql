-- meaning: runs become units of work that workers claim under a lease, try again and give up; earlier runs are kept
-- grain: one unit (a part of a job's day), or one run by hand, whose part is empty and which may be repeated
alter table runs rename column command to job;

alter table runs drop constraint runs_state_check;

alter table runs add constraint runs_state_check check (
    state in ('queued', 'running', 'done', 'warned', 'failed', 'dead')
);

alter table runs alter column started_at drop not null;

alter table runs add column part text collate "C" not null default '';

alter table runs add column attempts integer not null default 1;

alter table runs add column max_attempts integer not null default 1;

alter table runs add column started_by text collate "C" not null default 'command line';

alter table runs add column worker text collate "C";

alter table runs add column lease_until text collate "C";

alter table runs add column due_at text collate "C";

alter table runs add column queued_at text collate "C";

update runs set queued_at = started_at;

alter table runs alter column queued_at set not null;

-- nothing runs twice: a unit is queued once, whoever asks for it
create unique index runs_once on runs (job, as_of, part) where part <> '';

create index runs_by_state on runs (state, due_at);

-- grain: one thing that somebody has to look at, told once
create table alarms (
    key text collate "C" primary key,
    words text collate "C" not null,
    raised_at text collate "C" not null,
    next_try_at text collate "C" not null,
    told_at text collate "C"
);
