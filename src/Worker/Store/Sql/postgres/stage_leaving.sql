-- meaning: room for those who are to leave lists and dialogue, until the end of the transaction
-- grain:   one contact
-- writes:  staged_leaving, made anew
drop table if exists pg_temp.staged_leaving;

create temp table staged_leaving (
    contact text collate "C" not null,
    calls_only integer not null
) on commit drop
