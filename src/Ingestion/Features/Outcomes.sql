-- meaning: outcomes that were known as of an instant, in the order of one sorted run
-- grain: one outcome
-- reads: outcomes
-- params: files (paths, one a line), as_of
select
    contact,
    "at",
    known_at,
    kind
from read_parquet(string_split($files, chr(10)))
where "at" < $as_of
    and known_at < $as_of
