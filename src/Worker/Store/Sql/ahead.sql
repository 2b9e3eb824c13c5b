-- meaning: where the last night left the contacts that were moved since, and on whose list; no stage when it had not met them
-- grain:   one contact
-- reads:   ahead
select
    contact,
    place,
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
from ahead
order by contact
