-- meaning: where one contact stands
-- grain:   at most one row
-- reads:   positions
-- params:  @contact
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
where contact = @contact
