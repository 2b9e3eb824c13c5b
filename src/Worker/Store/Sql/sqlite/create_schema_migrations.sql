-- meaning: which migrations a store has been brought up by
-- writes:  schema_migrations
create table if not exists schema_migrations (
    number integer primary key,
    name text not null,
    checksum text not null
)
