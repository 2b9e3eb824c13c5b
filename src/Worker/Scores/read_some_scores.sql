-- meaning: the scores of some contacts of one night
-- grain:   one contact, by rank
-- reads:   the score files of a folder
-- params:  $folder, $files (a name, or *.parquet), $contacts (json array of ids)
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
from read_parquet(regexp_replace($folder, '([*?[])', '[\1]', 'g') || '/' || $files)
where contact in (select unnest(from_json($contacts, '["varchar"]')))
order by
    rank,
    contact
