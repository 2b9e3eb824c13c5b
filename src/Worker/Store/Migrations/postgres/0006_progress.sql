-- meaning: a unit says how far it is, and lapses when a later day has made it needless; an alarm is told by several ways
-- grain: one unit (a part of a job's day), or one run by hand, whose part is empty and which may be repeated
alter table runs drop constraint runs_state_check;

alter table runs add constraint runs_state_check check (
    state in ('queued', 'running', 'done', 'warned', 'failed', 'dead', 'lapsed')
);

alter table runs add column share double precision;

alter table runs add column doing text collate "C";

-- grain: one alarm told by one way: to the log, the webhook, by mail
create table alarm_tellings (
    key text collate "C" not null references alarms (key) on delete cascade,
    way text collate "C" not null,
    next_try_at text collate "C" not null,
    told_at text collate "C",
    primary key (key, way)
);

insert into alarm_tellings (key, way, next_try_at, told_at)
select
    key,
    'webhook',
    next_try_at,
    told_at
from alarms;

alter table alarms drop column next_try_at;

alter table alarms drop column told_at;
