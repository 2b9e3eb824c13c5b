-- meaning: the contacts' new positions, each contact once; equal ones change nothing
-- writes:  positions
-- reads:   staged_positions
insert into positions (
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
from staged_positions
on conflict (contact) do update set
    stage = excluded.stage,
    since = excluded.since,
    last_signal = excluded.last_signal,
    municipality = excluded.municipality,
    runner_up = excluded.runner_up,
    cause = excluded.cause,
    model_id = excluded.model_id,
    as_of = excluded.as_of,
    last_word = excluded.last_word,
    last_word_at = excluded.last_word_at
where
    positions.stage is distinct from excluded.stage
    or positions.since is distinct from excluded.since
    or positions.last_signal is distinct from excluded.last_signal
    or positions.municipality is distinct from excluded.municipality
    or positions.runner_up is distinct from excluded.runner_up
    or positions.cause is distinct from excluded.cause
    or positions.model_id is distinct from excluded.model_id
    or positions.as_of is distinct from excluded.as_of
    or positions.last_word is distinct from excluded.last_word
    or positions.last_word_at is distinct from excluded.last_word_at
