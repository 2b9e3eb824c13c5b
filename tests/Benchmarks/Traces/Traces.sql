-- meaning: the traces of a bucket's contacts: visits of four over two years; night run r brings those of the r-th last day
-- grain: one trace
-- reads: people
-- params: variables bucket, as_of
with numbered as (
    select
        contact,
        n,
        unnest(range(traces)) as i
    from people
    where bucket = getvariable('bucket')
),
placed as (
    select
        *,
        getvariable('as_of')
            - to_microseconds(1 + (hash(n, i // 4, 1) % 63072000000000)::bigint)
            - to_microseconds((hash(n, i, 2) % 1500000000)::bigint) as "at"
    from numbered
)
select
    contact,
    "at",
    case
        when hash(n, i, 3) % 50 = 0
            then least("at" + to_hours((hash(n, i, 4) % 240)::bigint), getvariable('as_of') - to_microseconds(1))
        else "at"
    end as known_at,
    [4, 4, 4, 5, 6, 2, 1, 3][1 + (hash(n, i, 5) % 8)::integer]::usmallint as kind,
    (hash(n, i, 6) % 5)::usmallint as channel,
    [0, 0, 1, 2, 3, 4, 5, 6][1 + (hash(n, i, 7) % 8)::integer]::usmallint as theme,
    [0, 0, 0, 2580, 2581, 2584, 2523, 2506][1 + (hash(n, i, 8) % 8)::integer]::usmallint as municipality,
    case when hash(n, i, 9) % 4 > 0 then (hash(n, i, 10) % 90000)::float end as value,
    hash(n, i, 11) % 40 = 0 as automated,
    1::usmallint as source,
    printf('e%012x', n * 65536 + i) as trace_id,
    1::integer as generation,
    case
        when date_diff('day', "at", getvariable('as_of')) between 1 and getvariable('nights')
            then date_diff('day', "at", getvariable('as_of'))
        else 0
    end as run
from placed
