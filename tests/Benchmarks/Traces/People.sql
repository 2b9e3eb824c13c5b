-- meaning: everyone of a made-up lake; a contact's share of the traces falls with its number
-- grain: one contact
-- params: variables traces, contacts, buckets
create or replace table people as
select
    n,
    printf('c%08x', n) as contact,
    (('0x' || left(sha256(printf('c%08x', n)), 16))::ubigint % getvariable('buckets'))::integer as bucket,
    floor(
        getvariable('traces') * (sqrt((n + 1) / getvariable('contacts')) - sqrt(n / getvariable('contacts')))
        + (hash(n, 0) % 1000) / 1000
    )::bigint as traces
from range(getvariable('contacts')) numbers(n)
