-- meaning: the first rows that a tried file would bring to a table of the lake, as text that names nobody
-- grain: one row of the table
-- reads: the staging tables; $salt is the variable salt

create or replace macro masked(prefix, text) as prefix || left(sha256(getvariable('salt') || text), 8);

create or replace macro person(contact, subject) as
  coalesce(masked('contact ', contact), masked(
    case left(subject, 2) when 'e:' then 'e-mail ' when 'p:' then 'phone ' else 'visitor ' end,
    subject
  ));

create or replace macro given_or_not(text) as if(text is null, null, '(given)');

-- A join would lose the order of the rows.
create or replace macro word_of(spelling) as (select list(word order by code) from spellings)[spelling];

-- table: traces
select
  person(contact, subject) as person,
  "at"::varchar as "at",
  known_at::varchar as known_at,
  word_of(kind) as kind,
  word_of(channel) as channel,
  word_of(theme) as theme,
  nullif(municipality, 0)::varchar as municipality,
  value::varchar as value,
  automated::varchar as automated,
  masked('', trace_id) as trace_id
from new_traces
limit $1;

-- table: contacts
select
  person(contact, null) as person,
  "at"::varchar as "at",
  country,
  language,
  masked('', household) as household,
  household_size::varchar as household_size,
  given_or_not(birth_year::varchar) as birth_year
from new_contacts
limit $1;

-- table: consents
select
  person(contact, subject) as person,
  "at"::varchar as "at",
  purpose,
  granted::varchar as granted,
  given_or_not(provenance) as provenance
from new_consents
limit $1;

-- table: outcomes
select
  person(contact, subject) as person,
  "at"::varchar as "at",
  known_at::varchar as known_at,
  kind,
  nullif(municipality, 0)::varchar as municipality
from new_outcomes
limit $1;

-- table: links
select
  person(null, subject) as subject,
  person(contact, null) as person,
  "at"::varchar as "at"
from new_links
limit $1;
