-- meaning: a Parquet file of any columns, all of them as text
-- grain: one row of the file
-- reads: a Parquet file
-- params: file
select columns(*)::varchar
from read_parquet($file)
