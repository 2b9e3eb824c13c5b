-- meaning: what is planned for one contact is found by the contact, never by going through all that is planned
drop index follow_ups_by_contact;

create index follow_ups_by_contact on follow_ups (contact, state)
