-- meaning: since when no mail goes out
-- grain:   at most one row
-- reads:   mail_trouble
select
    since,
    words
from mail_trouble
