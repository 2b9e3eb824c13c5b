-- meaning: the scores of some contacts of one night
-- grain:   one contact, by rank
-- reads:   a score file
-- params:  $path, $contacts (json array of ids)
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
from read_parquet(regexp_replace($path, '([*?[])', '[\1]', 'g'))
where contact in (select unnest(from_json($contacts, '["varchar"]')))
order by
    rank,
    contact
