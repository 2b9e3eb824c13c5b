-- meaning: the last trace of each source in each hour (UTC); from these come local days, whatever the zone
-- grain: one source and hour
-- reads: traces, visitors
-- params: files (paths, one a line), as_of
select
    source,
    max("at") as latest
from read_parquet(string_split($files, chr(10)))
where "at" < $as_of
group by
    source,
    date_trunc('hour', "at")
