-- meaning: who was held out and who was contacted, as somebody kept it in a table of any delimiter
-- grain: one contact
-- reads: the file itself, every column as text
-- params: $file (its path)
select *
from read_csv(
    regexp_replace($file, '([*?[])', '[\1]', 'g'),
    all_varchar = true,
    header = true
)
