-- meaning: which contacts and subjects that the lake or the new rows know are erased, and what new rows say of them
-- grain: one contact; one subject
-- reads: suppressed, newly_erased, the lake's views, new_traces, new_links, new_contacts, new_consents, new_outcomes
insert into erased_contacts
with ids as (
  select contact from traces
  union
  select origin[3:] from traces where origin[:2] = 'c:'
  union
  select contact from contacts
  union
  select origin[3:] from contacts where origin[:2] = 'c:'
  union
  select contact from consents
  union
  select origin[3:] from consents where origin[:2] = 'c:'
  union
  select contact from outcomes
  union
  select origin[3:] from outcomes where origin[:2] = 'c:'
  union
  select contact from links
  union
  select contact from merges
  union
  select same_as from merges
  union
  select contact from identities
  union
  select canonical from identities
)
select contact
from ids
where erased_key('c:' || contact) in (select hash from suppressed)
union
select contact
from newly_erased;

insert into erased_subjects
with subjects as (
  select subject from links
  union
  select subject from visitors
  union
  select contact from consents where contact[2:2] = ':'
  union
  select contact from outcomes where contact[2:2] = ':'
)
select subject
from subjects
where erased_key(subject) in (select hash from suppressed);

-- statement: new rows
delete from new_links
where subject in (select subject from erased_subjects);

update new_links
set contact = '!'
where contact in (select contact from erased_contacts);

delete from new_merges
where contact in (select contact from erased_contacts) or same_as in (select contact from erased_contacts);

-- All that waits for the subject's contact has found it, and goes with it.
insert into new_links
select
  subject,
  '!' as contact,
  timestamp '1900-01-01' as "at"
from erased_subjects;
