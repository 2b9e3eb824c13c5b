-- meaning: the model that gave the scores of a night
-- grain:   at most one row
-- reads:   the score files of a folder
-- params:  $folder
select model
from read_parquet(regexp_replace($folder, '([*?[])', '[\1]', 'g') || '/*.parquet')
limit 1
