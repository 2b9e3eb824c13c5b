-- meaning: the scores of one part without their reasons; ranks are given when all parts are there
-- grain:   one contact, in the order of the file
-- reads:   a part of a night's scores
-- params:  $path
select
    contact,
    raw_score,
    likelihood,
    low,
    high,
    grade
from read_parquet(regexp_replace($path, '([*?[])', '[\1]', 'g'))
