-- meaning: since when the register knows a contact by what it said about its consents
-- grain: one contact
-- reads: consents
-- params: files (paths, one a line)
select
    contact,
    min("at") as "at"
from read_parquet(string_split($files, chr(10)))
group by contact
order by contact
