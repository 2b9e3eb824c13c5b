-- meaning: the scores of a table before they are ranked and written to a file
-- grain: one row of the table that was scored, in the file's order
-- reads: nothing
create table scores (
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
