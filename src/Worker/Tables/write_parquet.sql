-- meaning: writes a table's scores as Parquet, by rank
-- reads: scores
-- params: $path
copy (select * from scores order by rank) to ($path) (format parquet, compression zstd)
