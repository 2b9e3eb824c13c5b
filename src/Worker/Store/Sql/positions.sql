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
    as_of,
    last_word,
    last_word_at
from positions
order by contact
