-- meaning: how late outcomes of some kinds were reported: of ten, nine came within so many days
-- grain: one row
-- reads: outcomes
-- params: files (paths, one a line), as_of, kinds (one a line)
select
    cast(count(*) as bigint) as outcomes,
    cast(ceil(quantile_cont(greatest(epoch(known_at) - epoch("at"), 0) / 86400, 0.9)) as bigint) as days
from read_parquet(string_split($files, chr(10)))
where "at" < $as_of
    and known_at < $as_of
    and list_contains(string_split($kinds, chr(10)), kind)
