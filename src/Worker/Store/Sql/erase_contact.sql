-- meaning: a contact is forgotten: position, history, follow-ups and places (the last three by cascade)
-- writes:  positions, one row
-- params:  @contact
delete from positions
where contact = @contact
