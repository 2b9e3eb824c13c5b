-- meaning: columns of a Parquet file; the star stands for those that are asked for
-- grain: one row of the file, in the file's order
-- reads: a Parquet file
-- params: file
select columns(*)
from read_parquet($file, binary_as_string = true)
