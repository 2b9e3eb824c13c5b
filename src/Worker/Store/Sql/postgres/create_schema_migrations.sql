-- meaning: which migrations a store has been brought up by; the lock is for two that open a new store at the same moment
-- writes:  schema_migrations
select pg_advisory_xact_lock(hashtext('leads schema'), hashtext(current_schema()));

create table if not exists schema_migrations (
    number integer primary key,
    name text collate "C" not null,
    checksum text collate "C" not null
)
