-- meaning: every so manieth contact of a bucket's traces, in their order
-- grain: one trace in $step of each file
-- reads: traces
-- params: $files (paths, one a line), $step (traces)
select contact
from read_parquet(string_split($files, chr(10)), file_row_number = true, hive_partitioning = false)
where file_row_number % $step = $step // 2
order by contact
