-- meaning: an address as last seen; a language once known stays until a later row names another
-- writes:  contact_addresses, at most one row
-- params:  @subject, @address, @language (null), @seen_at, @taken_on, @contact (null: as it was)
insert into contact_addresses (subject, address, language, seen_at, taken_on, contact)
values (@subject, @address, @language, @seen_at, @taken_on, @contact)
on conflict (subject) do update
set
    address = excluded.address,
    language = case
        when excluded.seen_at >= contact_addresses.seen_at
            then coalesce(excluded.language, contact_addresses.language)
        else coalesce(contact_addresses.language, excluded.language)
    end,
    seen_at = case
        when excluded.seen_at > contact_addresses.seen_at then excluded.seen_at
        else contact_addresses.seen_at
    end,
    taken_on = excluded.taken_on,
    contact = coalesce(excluded.contact, contact_addresses.contact)
