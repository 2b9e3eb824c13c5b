-- meaning: something that only comes out when every value of a part can be read
-- grain:   one number, none when nobody was scored
-- reads:   a part of a night's scores
-- params:  $path
select max(hash(contact, raw_score, likelihood, low, high, grade, reasons))
from read_parquet(regexp_replace($path, '([*?[])', '[\1]', 'g'))
