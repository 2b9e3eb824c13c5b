-- meaning: room for changed positions on their way into their table, until the end of the transaction
-- grain:   as positions
-- writes:  staged_positions, made anew
drop table if exists pg_temp.staged_positions;

create temp table staged_positions on commit drop as
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
with no data
