-- meaning: room for the next bucket
truncate score;
truncate reason;
truncate fit
