-- meaning: what chance decided about places: which were given to explore, and for whom a place was at stake
alter table list_places
add column part text collate "C" not null default 'usual' check (part in ('usual', 'explored'));

-- grain: one contact, on the first night on which a place was at stake for it; municipality is the one it was drawn for
create table drawn_contacts (
    contact text collate "C" primary key references positions (contact) on delete cascade,
    municipality integer not null,
    stage text collate "C" not null,
    part text collate "C" not null check (part in ('usual', 'held_out', 'explored')),
    drawn_on text collate "C" not null,
    likelihood double precision not null
);
