-- meaning: what chance decided about places: which were given to explore, and for whom a place was at stake
alter table list_places
add column part text not null default 'usual' check (part in ('usual', 'explored'));

-- grain: one contact, on the first night on which a place was at stake for it; municipality is the one it was drawn for
create table drawn_contacts (
    contact text primary key references positions (contact) on delete cascade,
    municipality integer not null,
    stage text not null,
    part text not null check (part in ('usual', 'held_out', 'explored')),
    drawn_on text not null,
    likelihood real not null
) strict, without rowid;
