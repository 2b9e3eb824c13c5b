-- meaning: a table's scores by rank: by likelihood, then raw score, from the highest down, then by id, then in the
--          file's order; a row's number is cut to as many digits as the last one has
-- grain: one row of the table that was scored, in the order of ranks
-- reads: scores
-- params: $digits (0 when the rows have ids of their own)
create table ranked as
select
    case when $digits > 0 then right(id, $digits) else id end as id,
    likelihood,
    low,
    high,
    grade,
    raw_score,
    reason_1,
    reason_2,
    reason_3,
    model
from scores
order by
    likelihood desc,
    raw_score desc,
    scores.id,
    rowid
