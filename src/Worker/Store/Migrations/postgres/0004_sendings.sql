-- meaning: what goes out: a follow-up on its way has a state of its own and says what it waits for; what was sent is kept
alter table follow_ups drop constraint follow_ups_state_check;

alter table follow_ups add constraint follow_ups_state_check check (
    state in ('planned', 'sending', 'sent', 'lapsed', 'done')
);

alter table follow_ups add column look_at text collate "C";

alter table follow_ups add column why text collate "C";

-- when the next dispatch looks at what is planned: when it is due, or later when it has had to wait
create index follow_ups_by_look on follow_ups (state, municipality, coalesce(look_at, due_at));

-- grain: one message that has gone out, or is about to; caps, limits and variants are counted from here
create table sendings (
    key text collate "C" primary key,
    contact text collate "C" not null references positions (contact) on delete cascade,
    household text collate "C",
    municipality integer not null,
    kind text collate "C" not null,
    stage text collate "C" not null,
    channel text collate "C" not null,
    variant text collate "C" not null,
    reserved_at text collate "C" not null,
    state text collate "C" not null check (state in ('reserved', 'sent', 'uncertain')),
    answered_at text collate "C"
);

create index sendings_by_contact on sendings (contact, reserved_at);

create index sendings_by_household on sendings (household, reserved_at);

create index sendings_by_week on sendings (municipality, kind, reserved_at);

-- grain: one row while the mail server takes nothing; none when mail goes out
create table mail_trouble (
    id integer primary key check (id = 1),
    since text collate "C" not null,
    words text collate "C" not null
);
