-- meaning: nothing more is to be done with a contact
-- writes:  follow_ups, the planned ones of one contact
-- params:  @contact
update follow_ups
set
    state = 'lapsed',
    why = 'no_consent'
where contact = @contact and state = 'planned'
