-- meaning: a contact is on no list any more, of this week or an earlier one; the places stay used
-- writes:  list_places, all of one contact
-- params:  @contact
update list_places
set has_left = 1
where contact = @contact and has_left = 0
