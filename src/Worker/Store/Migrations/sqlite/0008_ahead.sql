-- meaning: who said something may be moved between nights; the next night goes on from where the last one left it

-- grain: one contact moved since the last night: where that night left it (no stage when it had not met it), and on whose list
create table ahead (
    contact text primary key references positions (contact) on delete cascade,
    place integer not null,
    stage text,
    since text,
    last_signal text,
    municipality integer not null,
    runner_up integer not null,
    cause text,
    model_id text,
    as_of text,
    last_word text,
    last_word_at text
) strict, without rowid;

-- grain: one row; the last look between nights: after which night, on which day, how much of the lake and inbox it knew;
-- of generations up to complete nothing that happened before that look is left to be looked at
create table ahead_look (
    id integer primary key check (id = 1),
    night text not null,
    night_generation integer not null,
    on_day text not null,
    generation integer not null,
    complete integer not null,
    inbox text not null
) strict;

-- grain: one row; how all contacts leaned towards the municipalities on the last night, as JSON
create table leaning (
    id integer primary key check (id = 1),
    as_of text not null,
    prior text not null
) strict;
