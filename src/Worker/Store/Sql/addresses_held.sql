-- meaning: all addresses of a contact, the one it gets its mail at first
-- grain:   one address
-- reads:   contact_addresses
-- params:  @contact
select
    subject,
    address,
    language,
    seen_at
from contact_addresses
where contact = @contact
order by seen_at desc, subject desc
