-- meaning: what a municipality has planned and is due, or has waited long enough
-- grain:   one follow-up
-- reads:   follow_ups
-- params:  @municipality, @now (UTC)
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
where state = 'planned' and municipality = @municipality and coalesce(look_at, due_at) <= @now
order by due_at, key
