-- meaning: all addresses of a contact go
-- writes:  contact_addresses
-- params:  @contact
delete from contact_addresses
where contact = @contact
