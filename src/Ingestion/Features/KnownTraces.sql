-- meaning: one sorted run of a bucket's traces, in its own order, all of which are known already
-- grain: one trace
-- reads: traces
-- params: files (paths, one a line)
select
    contact,
    "at",
    kind,
    channel,
    theme,
    municipality,
    value,
    automated
from read_parquet(string_split($files, chr(10)))
