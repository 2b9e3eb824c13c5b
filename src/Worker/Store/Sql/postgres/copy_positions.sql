-- meaning: changed positions as a stream of binary rows
-- writes:  staged_positions
copy staged_positions (
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
)
from stdin (format binary)
