-- meaning: what contacts said about their consents, in the order of one sorted run
-- grain: one statement
-- reads: consents
-- params: files (paths, one a line)
select
    contact,
    "at",
    purpose,
    granted
from read_parquet(string_split($files, chr(10)))
