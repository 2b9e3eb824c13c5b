-- meaning: mail goes out again
-- writes:  mail_trouble, its row
delete from mail_trouble
