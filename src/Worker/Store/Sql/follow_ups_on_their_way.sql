-- meaning: what a municipality's dispatch has reserved and not ended; whoever finds them in its turn comes after a crash
-- grain:   one follow-up
-- reads:   follow_ups
-- params:  @municipality
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
where state = 'sending' and municipality = @municipality
order by due_at, key
