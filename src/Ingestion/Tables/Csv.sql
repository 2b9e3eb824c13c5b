-- meaning: a CSV of any columns, all of them text, rows in the order of the file
-- grain: one row of the file
-- reads: a CSV
-- params: file, delimiter, encoding, compression
select *
from read_csv(
    $file,
    delim = $delimiter,
    encoding = $encoding,
    compression = $compression,
    quote = '"',
    escape = '"',
    comment = '',
    skip = 0,
    header = true,
    all_varchar = true,
    null_padding = false,
    ignore_errors = false,
    strict_mode = true,
    parallel = false
)
