-- meaning: the scores of one night
-- grain:   one contact, as they lie
-- reads:   the score files of a folder
-- params:  $folder
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
from read_parquet(regexp_replace($folder, '([*?[])', '[\1]', 'g') || '/*.parquet')
