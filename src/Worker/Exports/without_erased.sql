-- meaning: a file of scores or a list without the rows of contacts that were erased, in the order of before
-- grain:   one row of the file
-- reads:   $file, gone
-- writes:  $target
copy (
    select *
    from read_parquet(regexp_replace($file, '([*?[])', '[\1]', 'g'))
    where contact not in (select contact from gone)
) to $target (format parquet, compression zstd)
