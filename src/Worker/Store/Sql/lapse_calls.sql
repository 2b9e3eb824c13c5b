-- meaning: no officer may call a contact any more
-- writes:  follow_ups, the planned calls to one contact
-- params:  @contact, @kind (call)
update follow_ups
set
    state = 'lapsed',
    why = 'no_consent'
where contact = @contact and kind = @kind and state = 'planned'
