-- meaning: finds the contact behind every subject, also for visitors of earlier ingests whose tie has come only now
-- grain: one row of a lake table, with the bucket it goes to
-- reads: new_traces, new_contacts, new_consents, new_outcomes, new_links; the lake's views; words(list, word, code)
--        identities_now; pulled_traces, pulled_contacts, pulled_consents, pulled_outcomes (rows to be placed again)
-- params: variables generation, buckets

-- A subject's ties in time order, only where the contact changes. Two contacts at one instant: the smaller id.
create macro tie_changes(rows) as table
with all_links as (
  select
    subject,
    "at",
    min(contact) as contact
  from query_table(rows)
  group by subject, "at"
),
changes as (
  select
    *,
    lag(contact) over (partition by subject order by "at") as before
  from all_links
)
select
  subject,
  contact,
  "at"
from changes
where before is distinct from contact;

-- What the lake knows of the subjects at hand.
create table known_links as
select
  subject,
  if(contact in (select contact from erased_contacts), '!', contact) as contact,
  "at"
from links
anti join erased_subjects using (subject)
where
  subject in (
    select subject from new_traces
    union
    select subject from new_links
    union
    select subject from new_consents
    union
    select subject from new_outcomes
  );

-- Subjects that no earlier ingest could tie.
create table newly_tied as
select distinct subject
from new_links
anti join known_links using (subject);

-- Ties by address that the lake does not have; all are kept, as they say who is whom.
create table new_addresses as
select distinct
  subject,
  contact,
  "at"
from new_links
anti join known_links using (subject, contact, "at")
anti join erased_subjects using (subject)
where subject < 'v:';

-- statement: ties
create view links_at_hand as
select
  subject,
  contact,
  "at"
from known_links
union all
select
  subject,
  contact,
  "at"
from new_links;

create table ties as
select
  subject,
  contact,
  "at"
from tie_changes(links_at_hand);

create table first_ties as
select
  subject,
  arg_min(contact, "at") as contact,
  min("at") as "at"
from ties
group by subject;

create table links_out as
select
  subject,
  contact,
  "at",
  bucket_of(subject, getvariable('buckets')) as bucket
from (
  select subject, contact, "at" from ties where subject >= 'v:'
  union all
  select subject, contact, "at" from new_addresses
)
anti join known_links using (subject, contact, "at")
anti join erased_subjects using (subject);

-- statement: traces
create table moved as
select visitors.*
from visitors
semi join newly_tied using (subject);

create view coded_traces as
select
  new_traces.contact,
  new_traces.subject,
  new_traces."at",
  new_traces.known_at,
  kinds.code as kind,
  channels.code as channel,
  themes.code as theme,
  new_traces.municipality,
  new_traces.value,
  new_traces.automated,
  sources.code as source,
  new_traces.trace_id
from new_traces
join words as kinds on kinds.list = 'kind' and kinds.word = new_traces.kind
join words as channels on channels.list = 'channel' and channels.word = new_traces.channel
join words as themes on themes.list = 'theme' and themes.word = new_traces.theme
join words as sources on sources.list = 'source' and sources.word = new_traces.source
union all
select
  null as contact,
  subject,
  "at",
  known_at,
  kind,
  channel,
  theme,
  municipality,
  value,
  automated,
  source,
  trace_id
from moved;

-- One hash a contact, not one a trace: whom an id stands for, since when that is known, and the bucket. An erased
-- contact ('!') has no bucket, so that its rows go nowhere.
create table contact_buckets as
select
  ids.contact,
  coalesce(identities_now.canonical, ids.contact) as canonical,
  identities_now.known_at as joined_at,
  if(
    ids.contact = '!' or ids.contact in (select contact from erased_contacts),
    null,
    bucket_of(coalesce(identities_now.canonical, ids.contact), getvariable('buckets'))
  ) as bucket
from (
  select contact from new_traces where contact is not null
  union
  select contact from ties
  union
  select contact from new_contacts
  union
  select contact from new_consents where contact is not null
  union
  select contact from new_outcomes where contact is not null
  union
  select contact from pulled_traces where contact is not null
  union
  select contact from pulled_contacts
  union
  select contact from pulled_consents where contact is not null
  union
  select contact from pulled_outcomes where contact is not null
) as ids
left join identities_now using (contact);

-- The latest tie that is not after the trace counts; before the first tie, the first one, known only from then on.
create macro placed(rows) as table
with earlier as (
  select
    open.*,
    ties.contact as tied_contact,
    ties."at" as tied_at
  from (select * from query_table(rows) where contact is null) as open
  asof left join ties on open.subject = ties.subject and open."at" >= ties."at"
),
given as (
  select
    coalesce(earlier.tied_contact, first_ties.contact) as contact,
    earlier.* exclude (contact, tied_contact, tied_at),
    coalesce(earlier.tied_at, first_ties."at") as tied_at
  from earlier
  left join first_ties using (subject)
  union all by name
  select *
  from query_table(rows)
  where contact is not null
)
select
  contact_buckets.canonical as contact,
  given.* exclude (contact, known_at, tied_at),
  greatest(given.known_at, given."at", given.tied_at, contact_buckets.joined_at) as known_at,
  case
    when given.subject is not null then given.subject
    when contact_buckets.canonical <> given.contact then 'c:' || given.contact
  end as origin,
  if(
    greatest(given."at", given.tied_at, contact_buckets.joined_at) > given.known_at, given.known_at, null
  ) as origin_known_at,
  contact_buckets.bucket
from given
left join contact_buckets using (contact);

create table placed_traces as
select
  *,
  getvariable('generation')::integer as generation
from placed(coded_traces);

create table placed_again as
select
  * exclude (subject, was_contact, was_known_at, was_generation),
  if(contact = was_contact and known_at = was_known_at, was_generation, getvariable('generation')::integer) as generation
from placed(pulled_traces);

create view traces_out as
select * exclude (subject)
from placed_traces
where contact is not null
union all by name
select *
from placed_again;

create table visitors_out as
select
  subject,
  "at",
  known_at,
  kind,
  channel,
  theme,
  municipality,
  value,
  automated,
  source,
  trace_id,
  generation,
  bucket_of(subject, getvariable('buckets')) as bucket
from placed_traces
where contact is null;

-- Visitors that stay in a bucket from which others have moved: the bucket is written anew.
insert into visitors_out
select
  visitors.*,
  bucket_of(subject, getvariable('buckets')) as bucket
from visitors
anti join newly_tied using (subject)
where bucket_of(subject, getvariable('buckets')) in (select bucket_of(subject, getvariable('buckets')) from moved);
