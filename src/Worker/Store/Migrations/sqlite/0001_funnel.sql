-- meaning: the first store: where every contact stands, how it came there, what is planned, who is on which list
-- Times are UTC text (2026-03-01T02:30:00.000000Z), days are yyyy-mm-dd, so that text order is time order.

create table positions (
    contact text primary key,
    stage text not null,
    since text not null,
    last_signal text,
    municipality integer not null,
    runner_up integer not null,
    cause text not null,
    model_id text,
    as_of text not null,
    last_word text,
    last_word_at text
) strict, without rowid;

-- grain: one change of stage of one contact; id keeps the order in which they were made
create table stage_changes (
    id integer primary key,
    contact text not null references positions (contact) on delete cascade,
    as_of text not null,
    from_stage text,
    to_stage text not null,
    since text not null,
    cause text not null,
    evidence text,
    evidence_at text,
    evidence_municipality integer,
    lift real,
    model_id text
) strict;

-- the same change of the same day is one change, however often its run is repeated
create unique index stage_changes_once on stage_changes (contact, as_of, coalesce(from_stage, ''), to_stage, cause);

create table follow_ups (
    key text primary key,
    contact text not null references positions (contact) on delete cascade,
    municipality integer not null,
    kind text not null,
    stage text not null,
    due_at text not null,
    cause text not null,
    state text not null check (state in ('planned', 'sent', 'lapsed', 'done'))
) strict, without rowid;

create index follow_ups_by_due on follow_ups (state, due_at);

create index follow_ups_by_contact on follow_ups (contact);

-- grain: one contact on one municipality's list of one ISO week (2026-W10); a place left stays used, so its row stays
create table list_places (
    iso_week text not null,
    municipality integer not null,
    contact text not null references positions (contact) on delete cascade,
    rank integer not null,
    entered_on text not null,
    household text,
    has_left integer not null check (has_left in (0, 1)),
    primary key (iso_week, municipality, contact)
) strict, without rowid;

create index list_places_by_contact on list_places (contact);

-- grain: one row; what the positions were last advanced with
create table watermark (
    id integer primary key check (id = 1),
    as_of text not null,
    generation integer not null,
    model_id text not null,
    policy_hash text not null
) strict;

create table runs (
    id integer primary key,
    as_of text not null,
    command text not null,
    step text not null,
    state text not null check (state in ('running', 'done', 'warned', 'failed')),
    started_at text not null,
    ended_at text,
    counts text not null,
    error text
) strict;

-- grain: one erased contact, known only by the salted hash of its id
create table suppressions (
    hash text primary key,
    on_day text not null
) strict, without rowid;
