-- meaning: an address is of another contact than before
-- writes:  contact_addresses, at most one row
-- params:  @subject, @contact
update contact_addresses
set contact = @contact
where subject = @subject
