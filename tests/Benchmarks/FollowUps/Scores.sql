-- meaning: made-up scores of all who may be scored: a log-normal likelihood around 1 %, which trembles by some percent from day to day
-- grain: one contact
-- params: variables contacts, buckets, day
create or replace table scores as
with people as (
    select
        n,
        printf('c%08x', n) as contact
    from range(getvariable('contacts')) numbers(n)
    where hash(n, 90) % 30 <> 0
),

drawn as (
    select
        n,
        contact,
        (
            (hash(n, 50) % 1000 + hash(n, 51) % 1000 + hash(n, 52) % 1000 + hash(n, 53) % 1000) / 1000.0 - 2
        ) * sqrt(3) as taste,
        (hash(n, getvariable('day'), 54) % 1000) / 1000.0 - 0.5 as tremble
    from people
),

likely as (
    select
        n,
        contact,
        least(0.9, 0.01 * exp(1.2 * taste - 0.72 + 0.1 * tremble)) as likelihood
    from drawn
)

select
    contact,
    ln(likelihood / (1 - likelihood)) as raw_score,
    likelihood,
    likelihood * 0.8 as low,
    likelihood * 1.3 as high,
    case when likelihood > 0.05 then 'A' when likelihood > 0.02 then 'B' else 'C' end as grade,
    row_number() over (
        order by
            likelihood desc,
            contact
    )::integer as rank,
    [
        struct_pack(
            feature := printf('count_%d', (n + i) % 40),
            value := (hash(n, i, 55) % 50)::double,
            contribution := 0.3 - i / 20.0
        )
        for i in range(5)
    ] as reasons,
    [2580, 2582]::usmallint[] as municipalities,
    'made-up' as model,
    getvariable('day')::date as as_of,
    (('0x' || left(sha256(contact), 16))::ubigint % getvariable('buckets'))::integer as bucket
from likely
