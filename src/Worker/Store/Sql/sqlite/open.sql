-- meaning: settings of every connection: readers beside one writer; what is deleted is overwritten
pragma journal_mode = wal;
pragma secure_delete = on
