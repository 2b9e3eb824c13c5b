-- meaning: the scores of a table before they are written to a file
-- grain: one row of the table that was scored
-- reads: nothing
create or replace temp table scores (
    rank integer,
    id varchar,
    likelihood double,
    low double,
    high double,
    grade varchar,
    raw_score double,
    reason_1 varchar,
    reason_2 varchar,
    reason_3 varchar,
    model varchar
)
