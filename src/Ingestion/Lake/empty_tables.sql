-- meaning: every table of a lake, empty and typed: what a bucket without files looks like
-- grain: none
-- reads: nothing
create or replace temp view traces as
select
    null::varchar as contact,
    null::timestamp as "at",
    null::timestamp as known_at,
    null::usmallint as kind,
    null::usmallint as channel,
    null::usmallint as theme,
    null::usmallint as municipality,
    null::float as value,
    null::boolean as automated,
    null::usmallint as source,
    null::varchar as trace_id,
    null::integer as generation,
    null::varchar as origin,
    null::timestamp as origin_known_at
where false;

create or replace temp view visitors as
select
    null::varchar as subject,
    null::timestamp as "at",
    null::timestamp as known_at,
    null::usmallint as kind,
    null::usmallint as channel,
    null::usmallint as theme,
    null::usmallint as municipality,
    null::float as value,
    null::boolean as automated,
    null::usmallint as source,
    null::varchar as trace_id,
    null::integer as generation
where false;

create or replace temp view contacts as
select
    null::varchar as contact,
    null::timestamp as "at",
    null::varchar as country,
    null::varchar as language,
    null::varchar as household,
    null::integer as household_size,
    null::integer as birth_year,
    null::integer as generation,
    null::timestamp as known_at,
    null::varchar as origin
where false;

create or replace temp view consents as
select
    null::varchar as contact,
    null::timestamp as "at",
    null::varchar as purpose,
    null::boolean as granted,
    null::varchar as provenance,
    null::integer as generation,
    null::varchar as origin
where false;

create or replace temp view outcomes as
select
    null::varchar as contact,
    null::timestamp as "at",
    null::timestamp as known_at,
    null::varchar as kind,
    null::usmallint as municipality,
    null::integer as generation,
    null::varchar as origin,
    null::timestamp as origin_known_at
where false;

create or replace temp view links as
select
    null::varchar as subject,
    null::varchar as contact,
    null::timestamp as "at"
where false;

create or replace temp view merges as
select
    null::varchar as contact,
    null::varchar as same_as,
    null::timestamp as "at",
    null::boolean as merged
where false;

create or replace temp view identities as
select
    null::varchar as contact,
    null::varchar as canonical,
    null::timestamp as known_at
where false;
