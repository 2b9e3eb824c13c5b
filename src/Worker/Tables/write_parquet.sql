-- meaning: writes a table's scores as Parquet, by rank
-- reads: ranked, whose rows lie in the order of ranks
-- params: $path
copy (select rowid + 1 as rank, * from ranked) to ($path) (format parquet, compression zstd)
