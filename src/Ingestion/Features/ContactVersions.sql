-- meaning: what the register said about contacts, version by version, in the order of one sorted run
-- grain: one version of a contact
-- reads: contacts
-- params: files (paths, one a line)
select
    contact,
    "at",
    country,
    language,
    household_size::integer as household_size,
    birth_year::integer as birth_year,
    known_at
from read_parquet(string_split($files, chr(10)))
