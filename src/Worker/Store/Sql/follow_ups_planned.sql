-- meaning: everything still to be done
-- grain:   one follow-up
-- reads:   follow_ups
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
where state = 'planned'
order by due_at, key
