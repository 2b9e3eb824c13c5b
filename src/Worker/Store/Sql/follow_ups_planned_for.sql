-- meaning: what is still to be done with one contact
-- grain:   one follow-up, in any order: by due time all that is planned would be gone through
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
    state
from follow_ups
where contact = @contact and state = 'planned'
