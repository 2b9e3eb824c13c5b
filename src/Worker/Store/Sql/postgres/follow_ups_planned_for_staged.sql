-- meaning: what is still to be done with those whose stage is being changed
-- grain:   one follow-up
-- reads:   follow_ups, staged_stage_changes
select
    key,
    contact,
    municipality,
    kind,
    stage,
    due_at,
    cause,
    state
from follow_ups
where state = 'planned' and contact in (select contact from staged_stage_changes)
order by due_at, key
