-- meaning: the last fact of one table in each hour (UTC), as SourceHours has it of traces; the source is not in the table
-- grain: one hour
-- reads: contacts, consents, outcomes
-- params: files (paths, one a line), as_of
select
    0::usmallint as source,
    max("at") as latest
from read_parquet(string_split($files, chr(10)))
where "at" < $as_of
group by date_trunc('hour', "at")
