-- meaning: room for planned follow-ups on their way into their table, until the end of the transaction
-- grain:   as follow_ups
-- writes:  staged_follow_ups, made anew
drop table if exists pg_temp.staged_follow_ups;

create temp table staged_follow_ups on commit drop as
select
    key,
    contact,
    municipality,
    kind,
    stage,
    due_at,
    cause
from follow_ups
with no data
