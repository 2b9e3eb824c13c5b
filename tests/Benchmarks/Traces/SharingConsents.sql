-- meaning: what a bucket's contacts said about their consents, half of them also to being shown to a municipality
-- grain: one statement
-- reads: people
-- params: variables bucket, as_of
select
    contact,
    getvariable('as_of') - to_days(purposes.days) as "at",
    purposes.purpose as purpose,
    purposes.granted as granted,
    'form' as provenance,
    1::integer as generation,
    0 as run
from people
cross join (
    values
        ('profiling', true, 800, 1),
        ('marketing', true, 799, 2),
        ('sharing', true, 798, 2),
        ('profiling', false, 90, 30)
) purposes(purpose, granted, days, of)
where bucket = getvariable('bucket')
    and hash(n, purposes.days) % purposes.of = 0
