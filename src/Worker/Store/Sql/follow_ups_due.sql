-- meaning: planned follow-ups whose time has come
-- grain:   one follow-up
-- reads:   follow_ups
-- params:  @before (UTC, exclusive)
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
where state = 'planned' and due_at < @before
order by due_at, key
