-- meaning: finds the contact behind every subject, also for visitors of earlier ingests whose tie has come only now
-- grain: one row of a lake table, with the bucket it goes to
-- reads: new_traces, new_contacts, new_consents, new_outcomes, new_links; the lake's views; words(list, word, code)
-- params: variables generation, buckets

-- Ties that matter to this ingest: its own, and those that the lake has of its subjects.
create table known_links as
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
  );

create view all_links as
from new_links
union all
from known_links;

-- Of two contacts at one instant the smaller id.
create table first_ties as
with pairs as (
  select
    subject,
    contact,
    min("at") as "at"
  from all_links
  group by subject, contact
)
select
  subject,
  min({'at': "at", 'contact': contact}).contact as contact,
  min("at") as "at",
  count(*) = 1 as is_only
from pairs
group by subject;

-- A subject's ties in time order, only where the contact changes.
create table ties as
with instants as (
  select
    subject,
    min(contact) as contact,
    "at"
  from all_links
  semi join (select subject from first_ties where not is_only) as several using (subject)
  group by subject, "at"
),
changes as (
  select
    *,
    lag(contact) over (partition by subject order by "at") as before
  from instants
)
select
  subject,
  contact,
  "at"
from first_ties
where is_only
union all
select
  subject,
  contact,
  "at"
from changes
where before is distinct from contact;

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

-- statement: moved
create table moved as
select visitors.*
from visitors
semi join newly_tied using (subject);

-- The lake's codes of spellings.
create table codes as
select
  spellings.code as spelling,
  kinds.code as kind,
  channels.code as channel,
  themes.code as theme
from spellings
left join words as kinds on kinds.list = 'kind' and kinds.word = spellings.word
left join words as channels on channels.list = 'channel' and channels.word = spellings.word
left join words as themes on themes.list = 'theme' and themes.word = spellings.word;

create table source_codes as
select
  source,
  code
from numbered_sources
join words on words.list = 'source' and words.word = numbered_sources.name;

-- One hash a contact or visitor, not one a trace.
create table homes as
select
  home,
  bucket_of(home, getvariable('buckets')) as bucket
from (
  select coalesce(contact, subject) as home from new_traces
  union
  select contact from ties
);

-- statement: code
create or replace temp view coded_traces as
select
  new.contact,
  new.subject,
  new."at",
  new.known_at,
  kinds.kind,
  channels.channel,
  themes.theme,
  new.municipality,
  new.value,
  new.automated,
  source_codes.code as source,
  new.trace_id
from $table as new
join codes as kinds on kinds.spelling = new.kind
join codes as channels on channels.spelling = new.channel
join codes as themes on themes.spelling = new.theme
join source_codes on source_codes.source = new.source;

-- statement: moved again
create or replace temp view coded_traces as
select
  null::varchar as contact,
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

-- statement: place
-- The latest tie that is not after the trace counts; before the first tie, the first one, known only from then on. A
-- subject of one contact needs no search. Rows of a bucket lie together, so that writing one reads little else.
create table $table as
select
  tied.contact,
  if(tied.contact is null, tied.subject, null) as subject,
  tied."at",
  tied.known_at,
  tied.kind,
  tied.channel,
  tied.theme,
  tied.municipality,
  tied.value,
  tied.automated,
  tied.source,
  tied.trace_id,
  getvariable('generation')::integer as generation,
  homes.bucket
from (
  select
    coded_traces.* replace (
      coalesce(coded_traces.contact, first_ties.contact) as contact,
      greatest(coded_traces.known_at, coded_traces."at", first_ties."at") as known_at
    )
  from coded_traces
  left join first_ties on first_ties.subject = coded_traces.subject
  where coalesce(first_ties.is_only, true)
) as tied
left join homes on homes.home = coalesce(tied.contact, tied.subject)
order by homes.bucket;

-- statement: place others
insert into $table
with earlier as (
  select
    open.*,
    ties.contact as tied_contact,
    ties."at" as tied_at
  from (
    select *
    from coded_traces
    semi join (select subject from first_ties where not is_only) as several using (subject)
  ) as open
  asof left join ties on open.subject = ties.subject and open."at" >= ties."at"
)
select
  coalesce(earlier.tied_contact, first_ties.contact) as contact,
  null as subject,
  earlier."at",
  greatest(earlier.known_at, earlier."at", coalesce(earlier.tied_at, first_ties."at")) as known_at,
  earlier.kind,
  earlier.channel,
  earlier.theme,
  earlier.municipality,
  earlier.value,
  earlier.automated,
  earlier.source,
  earlier.trace_id,
  getvariable('generation')::integer as generation,
  homes.bucket
from earlier
join first_ties using (subject)
join homes on homes.home = coalesce(earlier.tied_contact, first_ties.contact);

-- statement: tables
create view traces_out as
select * exclude (subject)
from placed_traces
where contact is not null;

-- Visitors that stay in a bucket from which others have moved: the bucket is written anew.
create table staying as
select
  visitors.*,
  bucket_of(subject, getvariable('buckets')) as bucket
from visitors
anti join newly_tied using (subject)
where bucket_of(subject, getvariable('buckets')) in (select bucket_of(subject, getvariable('buckets')) from moved);

create view visitors_out as
select * exclude (contact)
from placed_traces
where contact is null
union all by name
from staying;

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
