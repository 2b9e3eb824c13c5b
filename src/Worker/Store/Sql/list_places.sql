-- meaning: the places given out in a week, those of contacts who have left included
-- grain:   one contact on one municipality's list
-- reads:   list_places
-- params:  @iso_week
select
    iso_week,
    municipality,
    contact,
    rank,
    entered_on,
    household,
    has_left,
    part
from list_places
where iso_week = @iso_week
order by municipality, rank, contact
