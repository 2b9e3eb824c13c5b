-- meaning: a night has taken all contacts along
-- writes:  ahead, all rows
delete from ahead
