-- meaning: who may look at pages that are not for everybody
-- grain: one user; failures are attempts to sign in since the last that went well, and lock the name for a while
create table users (
    name text collate "C" primary key,
    role text collate "C" not null check (role in ('officer', 'analyst', 'admin')),
    password_hash text collate "C" not null,
    stamp text collate "C" not null,
    failures integer not null,
    locked_until text collate "C"
)
