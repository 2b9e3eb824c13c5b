-- meaning: the write-ahead log is folded into the file and emptied, so that no deleted row stays in it
pragma wal_checkpoint(truncate)
