-- meaning: room for changes of stage on their way into their table, until the end of the transaction
-- grain:   as stage_changes
-- writes:  staged_stage_changes, made anew
drop table if exists pg_temp.staged_stage_changes;

create temp table staged_stage_changes on commit drop as
select
    contact,
    as_of,
    from_stage,
    to_stage,
    since,
    cause,
    evidence,
    evidence_at,
    evidence_municipality,
    lift,
    model_id
from stage_changes
with no data;

alter table staged_stage_changes add column nth bigint generated always as identity
