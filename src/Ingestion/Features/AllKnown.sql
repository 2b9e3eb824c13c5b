-- meaning: whether all that files hold became known before an instant, by what the files say of themselves
-- grain: one row; false when a file does not say
-- reads: any table with known_at
-- params: files (paths, one a line), before
select
    coalesce(bool_and(coalesce(try_cast(stats_max_value as timestamp) < $before, false)), false) as all_known
from parquet_metadata(string_split($files, chr(10)))
where path_in_schema = 'known_at'
