-- meaning: countries and languages of the register before an instant, the most frequent ones
-- grain: one level of one column
-- reads: contacts
-- params: files (paths, one a line), as_of, most
with entries as (
    unpivot (
        select
            country,
            language
        from read_parquet(string_split($files, chr(10)))
        where "at" < $as_of
    )
    on country, language
    into name field value level
)
select
    field,
    level
from entries
where level <> ''
group by field, level
qualify row_number() over (partition by field order by count(*) desc, level) <= $most
order by field, level
