-- meaning: one municipality's list as Parquet
-- grain:   one lead, by rank
-- reads:   leads
-- params:  $path
copy (
    from leads
    order by
        rank,
        contact
)
to $path (format parquet, compression zstd)
