-- meaning: where a contact gets its mail: the address seen last, of several of that instant the one of the greatest hash
-- grain:   at most one address
-- reads:   contact_addresses
-- params:  @contact
select
    contact,
    address,
    language
from contact_addresses
where contact = @contact
order by seen_at desc, subject desc
limit 1
