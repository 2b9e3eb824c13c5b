-- meaning: how many are scored, and something that only comes out when every value of the part can be read
-- grain:   one row
-- reads:   a part of a night's scores
-- params:  $path
select
    count(*) as scored,
    max(hash(contact, raw_score, likelihood, low, high, grade, reasons)) as read
from read_parquet(regexp_replace($path, '([*?[])', '[\1]', 'g'))
