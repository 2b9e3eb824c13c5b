-- meaning: where every contact stands
-- grain:   one contact
-- reads:   positions
select
    contact,
    stage,
    since,
    last_signal,
    municipality,
    runner_up,
    cause,
    model_id,
    as_of
from positions
order by contact
