-- meaning: one bucket's score file from its part, with ranks among all and the municipalities that fit
-- grain:   one contact, by contact id
-- reads:   a part of a night's scores, placed, fit
-- params:  $part, $path
copy (
    with fits as (
        select
            contact,
            list(municipality order by nth) as municipalities
        from fit
        group by contact
    )
    select
        part.contact,
        part.raw_score,
        part.likelihood,
        part.low,
        part.high,
        part.grade,
        placed.rank,
        part.reasons,
        coalesce(fits.municipalities, []) as municipalities,
        part.model,
        part.as_of
    from read_parquet(regexp_replace($part, '([*?[])', '[\1]', 'g')) as part
    inner join placed on placed.contact = part.contact
    left join fits on fits.contact = part.contact
    order by part.contact
)
to $path (format parquet, compression zstd, row_group_size 122880)
