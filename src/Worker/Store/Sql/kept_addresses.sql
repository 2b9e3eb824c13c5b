-- meaning: the addresses at hand and whose they are thought to be, without the addresses themselves
-- grain:   one address
-- reads:   contact_addresses
select
    subject,
    contact,
    taken_on
from contact_addresses
