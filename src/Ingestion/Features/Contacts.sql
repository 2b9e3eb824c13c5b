-- meaning: how many contacts a bucket names before an instant
-- grain: one row
-- reads: traces, contacts, consents, outcomes
-- params: files (paths, one a line), as_of
select count(distinct contact) as contacts
from read_parquet(string_split($files, chr(10)), union_by_name = true)
where "at" < $as_of
