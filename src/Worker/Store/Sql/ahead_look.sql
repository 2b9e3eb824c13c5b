-- meaning: the last look between nights
-- grain:   at most one row
-- reads:   ahead_look
select
    night,
    night_generation,
    on_day,
    generation,
    complete,
    inbox
from ahead_look
