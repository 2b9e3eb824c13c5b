-- meaning: the addresses that mail is sent to, which the lake knows as salted hashes only
-- grain: one e-mail address; contact is whose it is by the lake's identities, null as long as nobody's
create table contact_addresses (
    subject text primary key,
    address text not null,
    language text,
    seen_at text not null,
    taken_on text not null,
    contact text
) strict, without rowid;

create index contact_addresses_by_contact on contact_addresses (contact, seen_at);

-- grain: one row; the state of the lake by which all addresses have their contacts, none when it is to be worked out anew
create table addresses_settled (
    id integer primary key check (id = 1),
    lake_state text not null
) strict;
