-- meaning: one bucket's scores on their way into its file; nth keeps the order within a contact
create table score (
    contact varchar not null,
    raw_score double not null,
    likelihood double not null,
    low double not null,
    high double not null,
    grade varchar not null,
    rank integer not null,
    model varchar not null,
    as_of date not null
);
create table reason (
    contact varchar not null,
    nth integer not null,
    feature varchar not null,
    value double not null,
    contribution double not null
);
create table fit (
    contact varchar not null,
    nth integer not null,
    municipality usmallint not null
)
