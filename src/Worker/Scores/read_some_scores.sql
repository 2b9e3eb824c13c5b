-- meaning: the scores of some contacts of one night
-- grain:   one contact, by rank
-- reads:   the score files of a folder, wanted
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
semi join wanted using (contact)
order by
    rank,
    contact
