-- meaning: the contacts for whom a place was at stake, and what chance made of it
-- grain:   one contact
-- reads:   drawn_contacts
select
    contact,
    municipality,
    stage,
    part,
    drawn_on,
    likelihood
from drawn_contacts
order by contact
