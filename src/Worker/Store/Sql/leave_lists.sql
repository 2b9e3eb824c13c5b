-- meaning: a contact is on no list any more, of this week or an earlier one
-- writes:  list_places, all of one contact
-- params:  @contact
delete from list_places
where contact = @contact
