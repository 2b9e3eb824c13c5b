-- meaning: an address is nobody's, or may not be kept
-- writes:  contact_addresses, at most one row
-- params:  @subject
delete from contact_addresses
where subject = @subject
