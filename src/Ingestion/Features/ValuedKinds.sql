-- meaning: kinds whose traces carry values
-- grain: one kind
-- reads: traces
-- params: files (paths, one a line)
select kind
from read_parquet(string_split($files, chr(10)))
where value is not null
group by kind
order by kind
