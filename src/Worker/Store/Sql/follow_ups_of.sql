-- meaning: everything ever planned for one contact, in the order of its time
-- grain:   one follow-up
-- reads:   follow_ups
-- params:  @contact
select
    key,
    contact,
    municipality,
    kind,
    stage,
    due_at,
    cause,
    state,
    why
from follow_ups
where contact = @contact
order by due_at, key
