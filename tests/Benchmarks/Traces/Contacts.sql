-- meaning: what the register says about six in ten of a bucket's contacts
-- grain: one contact
-- reads: people
-- params: variables bucket, as_of
select
    contact,
    getvariable('as_of') - to_hours((24 + hash(n, 20) % 17000)::bigint) as "at",
    ['SE', 'DE', 'NL', 'FI', 'PL', 'FR'][1 + (hash(n, 21) % 6)::integer] as country,
    ['sv', 'de', 'nl', 'fi', 'en'][1 + (hash(n, 22) % 5)::integer] as language,
    null::varchar as household,
    case when hash(n, 23) % 3 > 0 then (1 + hash(n, 24) % 5)::integer end as household_size,
    case when hash(n, 25) % 3 > 0 then (1945 + hash(n, 26) % 60)::integer end as birth_year,
    1::integer as generation,
    "at" as known_at,
    0 as run
from people
where bucket = getvariable('bucket')
    and hash(n, 27) % 10 < 6
