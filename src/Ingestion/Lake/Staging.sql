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

-- Addresses that rows of the register and ties give, as long as somebody keeps them; they never go to the lake.
create table given_addresses (
  subject varchar,
  address varchar,
  language varchar,
  country varchar,
  "at" timestamp
);

create table new_merges (
  contact varchar,
  same_as varchar,
  "at" timestamp,
  merged boolean
);

-- Contacts and subjects to be forgotten; none, unless somebody was erased.
create table erased_contacts (contact varchar);

create table erased_subjects (subject varchar);

-- Contacts of the new rows that have an erased address.
create table newly_erased (contact varchar);

create table suppressed (hash varchar);

create table new_keys (
  source usmallint,
  high bigint,
  low bigint
);

-- Rows of the source at hand whose identity may have come before.
create table repeats (_row bigint);

-- Rows of the source at hand that do not go to the lake; a duplicate has no reason, an erased contact's row has '!'.
create table dropped (
  _row bigint,
  reason varchar
);
