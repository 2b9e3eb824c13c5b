-- meaning: what the new files bring, gathered before it goes to the buckets
-- grain: one row of a lake table

-- Sources that bring something, with a number each.
create table numbered_sources (
  source usmallint,
  name varchar
);

-- How the files write kinds, channels and themes, with a number each, and the word the lake has for it.
create table spellings (
  written varchar,
  word varchar,
  code integer
);

-- Traces of files with few of them; those of larger files have tables of their own (StagedTraces).
create table few_traces (
  contact varchar,
  subject varchar,
  "at" timestamp,
  known_at timestamp,
  kind integer,
  channel integer,
  theme integer,
  municipality usmallint,
  value float,
  automated boolean,
  source usmallint,
  trace_id varchar
);

create table new_contacts (
  contact varchar,
  "at" timestamp,
  country varchar,
  language varchar,
  household varchar,
  household_size integer,
  birth_year integer
);

create table new_consents (
  contact varchar,
  subject varchar,
  "at" timestamp,
  purpose varchar,
  granted boolean,
  provenance varchar
);

create table new_outcomes (
  contact varchar,
  subject varchar,
  "at" timestamp,
  known_at timestamp,
  kind varchar,
  municipality usmallint
);

create table new_links (
  subject varchar,
  contact varchar,
  "at" timestamp
);

create table new_keys (
  source usmallint,
  high bigint,
  low bigint
);

-- Rows of the source at hand that do not go to the lake; a duplicate has no reason.
create table dropped (
  _row bigint,
  reason varchar
);
