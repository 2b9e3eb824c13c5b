-- meaning: the scores of one night
-- grain:   one contact, by rank
-- reads:   the score files of a folder
-- params:  $files (pattern)
select
    contact,
    raw_score,
    likelihood,
    low,
    high,
    grade,
    rank,
    reasons,
    municipalities,
    model
from read_parquet($files)
order by
    rank,
    contact
