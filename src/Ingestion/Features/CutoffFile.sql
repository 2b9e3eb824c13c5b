-- meaning: cut-offs that a home's own file gives its contacts
-- grain: one cut-off of a contact
-- reads: a CSV
-- params: files (one path)
select
    contact,
    "at"
from read_csv($files, all_varchar = true, header = true, strict_mode = true, parallel = false)
