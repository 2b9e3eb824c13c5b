-- meaning: writes a table's scores as CSV, by rank
-- reads: scores
-- params: $path
copy (select * from scores order by rank) to ($path) (format csv, header true)
