-- meaning: one bucket's score file
-- grain:   one contact, by contact id
-- reads:   score, reason, fit
-- params:  $path
copy (
    with reasons as (
        select
            contact,
            list(
                struct_pack(feature := feature, value := value, contribution := contribution)
                order by nth
            ) as reasons
        from reason
        group by contact
    ),
    fits as (
        select
            contact,
            list(municipality order by nth) as municipalities
        from fit
        group by contact
    )
    select
        score.contact,
        score.raw_score,
        score.likelihood,
        score.low,
        score.high,
        score.grade,
        score.rank,
        coalesce(reasons.reasons, []) as reasons,
        coalesce(fits.municipalities, []) as municipalities,
        score.model,
        score.as_of
    from score
    left join reasons on reasons.contact = score.contact
    left join fits on fits.contact = score.contact
    order by score.contact
)
to $path (format parquet, compression zstd, row_group_size 122880)
