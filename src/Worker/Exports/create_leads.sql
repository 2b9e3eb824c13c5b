-- meaning: one municipality's list on its way into its file
-- grain:   one lead
create or replace table leads (
    rank integer not null,
    contact varchar not null,
    likelihood double not null,
    low double not null,
    high double not null,
    grade varchar not null,
    stage varchar not null,
    origin varchar not null,
    reason_1 varchar,
    reason_2 varchar,
    reason_3 varchar,
    why_this_municipality varchar not null,
    runner_up varchar not null,
    why_runner_up varchar not null,
    due_follow_up varchar,
    due_on date,
    model varchar not null,
    as_of date not null
)
