-- meaning: one sorted run of a bucket's traces, in its own order
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
    automated,
    known_at
from read_parquet(string_split($files, chr(10)))
