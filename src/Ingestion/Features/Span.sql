-- meaning: first and last instant that one table knows of before an instant
-- grain: one row
-- reads: traces, outcomes
-- params: files (paths, one a line), as_of
select
    min("at") as first,
    max(greatest("at", known_at)) as last
from read_parquet(string_split($files, chr(10)))
where "at" < $as_of
    and known_at < $as_of
