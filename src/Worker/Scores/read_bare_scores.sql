-- meaning: the scores of one file without their reasons
-- grain:   one contact, in the order of the file
-- reads:   a score file
-- params:  $path
select
    contact,
    raw_score,
    likelihood,
    low,
    high,
    grade,
    rank,
    model
from read_parquet(regexp_replace($path, '([*?[])', '[\1]', 'g'))
