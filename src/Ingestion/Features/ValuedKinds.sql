-- meaning: kinds whose traces carry values
-- grain: one kind
-- reads: traces
-- params: files (paths, one a line)
select kind
from read_parquet(string_split(regexp_replace($files, '([*?[])', '[\1]', 'g'), chr(10)))
where value is not null
group by kind
order by kind
