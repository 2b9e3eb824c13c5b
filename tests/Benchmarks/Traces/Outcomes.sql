-- meaning: what became of one in a hundred of a bucket's contacts
-- grain: one outcome
-- reads: people
-- params: variables bucket, as_of
select
    contact,
    getvariable('as_of') - to_days((30 + hash(n, 30) % 300)::integer) as "at",
    getvariable('as_of') - to_days((hash(n, 31) % 30)::integer) as known_at,
    ['visited', 'moved', 'declined'][1 + (hash(n, 32) % 3)::integer] as kind,
    2580::usmallint as municipality,
    1::integer as generation,
    0 as run
from people
where bucket = getvariable('bucket')
    and hash(n, 33) % 100 = 0
