-- meaning: finds the contact behind every subject, also for visitors of earlier ingests whose tie has come only now
-- grain: one row of a lake table, with the bucket it goes to
-- reads: new_traces, new_contacts, new_consents, new_outcomes, new_links; the lake's views; words(list, word, code)
-- params: variables generation, buckets

-- A subject's ties in time order, only where the contact changes. Two contacts at one instant: the smaller id.
create table ties as
with all_links as (
  select
    subject,
    "at",
    min(contact) as contact
  from (
    select subject, contact, "at" from new_links
    union all
    select subject, contact, "at"
    from links
    where
      subject in (
        select subject from new_traces
        union
        select subject from new_links
        union
        select subject from new_consents
        union
        select subject from new_outcomes
      )
  )
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
from ties
anti join links using (subject, contact, "at");

-- Subjects that no earlier ingest could tie.
create table newly_tied as
select distinct subject
from new_links
anti join links using (subject);

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

-- One hash a contact, not one a trace.
create table contact_buckets as
select
  contact,
  bucket_of(contact, getvariable('buckets')) as bucket
from (
  select contact from new_traces where contact is not null
  union
  select contact from ties
);

-- The latest tie that is not after the trace counts; before the first tie, the first one, known only from then on.
create table placed_traces as
with earlier as (
  select
    open.*,
    ties.contact as tied_contact,
    ties."at" as tied_at
  from (select * from coded_traces where contact is null) as open
  asof left join ties on open.subject = ties.subject and open."at" >= ties."at"
),
placed as (
  select
    coalesce(earlier.tied_contact, first_ties.contact) as contact,
    earlier.* exclude (contact, known_at, tied_contact, tied_at),
    greatest(earlier.known_at, earlier."at", coalesce(earlier.tied_at, first_ties."at")) as known_at
  from earlier
  left join first_ties using (subject)
  union all by name
  select * replace (greatest(known_at, "at") as known_at)
  from coded_traces
  where contact is not null
)
select
  *,
  getvariable('generation')::integer as generation
from placed
left join contact_buckets using (contact);

create view traces_out as
select * exclude (subject)
from placed_traces
where contact is not null;

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

create table contacts_out as
select
  *,
  getvariable('generation')::integer as generation,
  bucket_of(contact, getvariable('buckets')) as bucket
from new_contacts;

-- A consent or outcome by an address that nobody has yet waits under the address and comes again when it is tied.
create table consents_out as
with consents_now as (
  select
    coalesce(given.contact, first_ties.contact, given.subject) as contact,
    given."at",
    given.purpose,
    given.granted,
    given.provenance
  from new_consents as given
  left join first_ties using (subject)
  union all
  select
    first_ties.contact,
    waiting."at",
    waiting.purpose,
    waiting.granted,
    waiting.provenance
  from consents as waiting
  join newly_tied on newly_tied.subject = waiting.contact
  join first_ties on first_ties.subject = waiting.contact
)
select
  *,
  getvariable('generation')::integer as generation,
  bucket_of(contact, getvariable('buckets')) as bucket
from consents_now;

create table outcomes_out as
with outcomes_now as (
  select
    coalesce(given.contact, first_ties.contact, given.subject) as contact,
    given."at",
    greatest(given.known_at, given."at", if(given.contact is null, first_ties."at", null)) as known_at,
    given.kind,
    given.municipality
  from new_outcomes as given
  left join first_ties using (subject)
  union all
  select
    first_ties.contact,
    waiting."at",
    greatest(waiting.known_at, first_ties."at") as known_at,
    waiting.kind,
    waiting.municipality
  from outcomes as waiting
  join newly_tied on newly_tied.subject = waiting.contact
  join first_ties on first_ties.subject = waiting.contact
)
select
  *,
  getvariable('generation')::integer as generation,
  bucket_of(contact, getvariable('buckets')) as bucket
from outcomes_now;
