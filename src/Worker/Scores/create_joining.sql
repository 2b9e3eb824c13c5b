-- meaning: what a bucket's part lacks; nth keeps the order within a contact
create or replace temp table placed (
    contact varchar not null,
    rank integer not null
);
create or replace temp table fit (
    contact varchar not null,
    nth integer not null,
    municipality usmallint not null
)
