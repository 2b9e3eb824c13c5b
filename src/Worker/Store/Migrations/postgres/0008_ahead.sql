-- meaning: who said something may be moved between nights; the next night goes on from where the last one left it

-- grain: one contact moved since the last night: where that night left it (no stage when it had not met it), and on whose list
create table ahead (
    contact text collate "C" primary key references positions (contact) on delete cascade,
    place integer not null,
    stage text collate "C",
    since text collate "C",
    last_signal text collate "C",
    municipality integer not null,
    runner_up integer not null,
    cause text collate "C",
    model_id text collate "C",
    as_of text collate "C",
    last_word text collate "C",
    last_word_at text collate "C"
);

-- grain: one row; the last look between nights: after which night, on which day, how much of the lake and inbox it knew;
-- of generations up to complete nothing that happened before that look is left to be looked at
create table ahead_look (
    id integer primary key check (id = 1),
    night text collate "C" not null,
    night_generation integer not null,
    on_day text collate "C" not null,
    generation integer not null,
    complete integer not null,
    inbox text collate "C" not null
);

-- grain: one row; how all contacts leaned towards the municipalities on the last night, as JSON
create table leaning (
    id integer primary key check (id = 1),
    as_of text collate "C" not null,
    prior text collate "C" not null
);
