-- meaning: the municipalities that have something to look at now: planned and due, or left on its way by a worker that ended
-- grain:   one municipality
-- reads:   follow_ups
-- params:  @now (UTC)
select distinct municipality
from follow_ups
where state = 'sending' or (state = 'planned' and coalesce(look_at, due_at) <= @now)
order by municipality
