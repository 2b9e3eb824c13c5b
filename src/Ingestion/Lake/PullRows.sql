-- meaning: finds the contacts whose rows are to be placed again, because an id stands for another contact than before,
--          because a tie came late and before others, because an address has got its contact, or because of an erasure
-- grain: one contact as the rows stand in the lake
-- reads: known_links, new_links, newly_tied, moved_contacts, erased_contacts, the lake's views

-- Ties that are not what they were; a first tie also counts for all that was before it.
create table changed_subjects as
with old_links as (
  select * from known_links semi join new_links using (subject)
),
links_now as (
  select * from old_links
  union all
  select subject, contact, "at" from new_links semi join old_links using (subject)
),
old_ties as (
  select * from tie_changes(old_links)
),
ties_now as (
  select * from tie_changes(links_now)
),
differences as (
  select subject, min("at") as "at"
  from (
    (select * from old_ties except select * from ties_now)
    union all
    (select * from ties_now except select * from old_ties)
  )
  group by subject
),
firsts as (
  select subject, min("at") as "at" from old_ties group by subject
)
select
  differences.subject,
  differences."at" <= firsts."at" as is_first,
  if(differences."at" <= firsts."at", timestamp '0001-01-01', differences."at") as since
from differences
join firsts using (subject);

-- Where rows of these subjects may lie.
create table candidates as
select distinct coalesce(identities.canonical, known_links.contact) as contact
from known_links
semi join changed_subjects using (subject)
left join identities on identities.contact = known_links.contact;

-- statement: owners
create table pulled_owners as
select coalesce(identities.canonical, ids.contact) as contact
from (
  select contact from moved_contacts
  union
  select contact from erased_contacts
) as ids
left join identities using (contact)
union
select traces.contact
from traces
join changed_subjects on traces.origin = changed_subjects.subject and traces."at" >= changed_subjects.since
semi join candidates on candidates.contact = traces.contact
union
select consents.contact
from consents
join changed_subjects on consents.origin = changed_subjects.subject and changed_subjects.is_first
union
select outcomes.contact
from outcomes
join changed_subjects on outcomes.origin = changed_subjects.subject and changed_subjects.is_first
union
select consents.contact from consents semi join newly_tied on newly_tied.subject = consents.contact
union
select outcomes.contact from outcomes semi join newly_tied on newly_tied.subject = outcomes.contact;

-- statement: rows
-- The rows as they were given: by a contact's own id, or by a subject.
create table pulled_traces as
select
  if(origin is null, contact, if(origin[:2] = 'c:', origin[3:], null)) as contact,
  if(origin[:2] = 'c:', null, origin) as subject,
  "at",
  coalesce(origin_known_at, known_at) as known_at,
  kind,
  channel,
  theme,
  municipality,
  value,
  automated,
  source,
  trace_id,
  contact as was_contact,
  known_at as was_known_at,
  generation as was_generation
from traces
semi join pulled_owners using (contact);

create table pulled_contacts as
select
  coalesce(origin[3:], contact) as contact,
  "at",
  country,
  language,
  household,
  household_size,
  birth_year,
  contact as was_contact,
  known_at as was_known_at,
  generation as was_generation
from contacts
semi join pulled_owners using (contact);

create table pulled_consents as
select
  if(origin is null, contact, if(origin[:2] = 'c:', origin[3:], null)) as contact,
  if(origin[:2] = 'c:', null, origin) as subject,
  "at",
  purpose,
  granted,
  provenance,
  contact as was_contact,
  generation as was_generation
from consents
semi join pulled_owners using (contact);

create table pulled_outcomes as
select
  if(origin is null, contact, if(origin[:2] = 'c:', origin[3:], null)) as contact,
  if(origin[:2] = 'c:', null, origin) as subject,
  "at",
  coalesce(origin_known_at, known_at) as known_at,
  kind,
  municipality,
  contact as was_contact,
  known_at as was_known_at,
  generation as was_generation
from outcomes
semi join pulled_owners using (contact);

insert into known_links
with subjects as (
  select subject from pulled_traces
  union
  select subject from pulled_consents
  union
  select subject from pulled_outcomes
)
select
  subject,
  if(contact in (select contact from erased_contacts), '!', contact) as contact,
  "at"
from links
semi join subjects using (subject)
anti join (select distinct subject from known_links) as known using (subject)
anti join erased_subjects using (subject);
