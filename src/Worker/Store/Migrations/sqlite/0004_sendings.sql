-- meaning: what goes out: a follow-up on its way has a state of its own and says what it waits for; what was sent is kept
create table follow_ups_on_their_way (
    key text primary key,
    contact text not null references positions (contact) on delete cascade,
    municipality integer not null,
    kind text not null,
    stage text not null,
    due_at text not null,
    cause text not null,
    state text not null check (state in ('planned', 'sending', 'sent', 'lapsed', 'done')),
    look_at text,
    why text
) strict, without rowid;

insert into follow_ups_on_their_way (key, contact, municipality, kind, stage, due_at, cause, state)
select
    key,
    contact,
    municipality,
    kind,
    stage,
    due_at,
    cause,
    state
from follow_ups;

drop table follow_ups;

alter table follow_ups_on_their_way rename to follow_ups;

create index follow_ups_by_due on follow_ups (state, due_at);

create index follow_ups_by_contact on follow_ups (contact);

-- when the next dispatch looks at what is planned: when it is due, or later when it has had to wait
create index follow_ups_by_look on follow_ups (state, municipality, coalesce(look_at, due_at));

-- grain: one message that has gone out, or is about to; caps, limits and variants are counted from here
create table sendings (
    key text primary key,
    contact text not null references positions (contact) on delete cascade,
    household text,
    municipality integer not null,
    kind text not null,
    stage text not null,
    channel text not null,
    variant text not null,
    reserved_at text not null,
    state text not null check (state in ('reserved', 'sent', 'uncertain')),
    answered_at text
) strict, without rowid;

create index sendings_by_contact on sendings (contact, reserved_at);

create index sendings_by_household on sendings (household, reserved_at);

create index sendings_by_week on sendings (municipality, kind, reserved_at);

-- grain: one row while the mail server takes nothing; none when mail goes out
create table mail_trouble (
    id integer primary key check (id = 1),
    since text not null,
    words text not null
) strict;
