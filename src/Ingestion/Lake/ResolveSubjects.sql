-- meaning: finds the contact behind every subject, also for visitors of earlier ingests whose tie has come only now
-- grain: one row of a lake table, with the bucket it goes to
-- reads: new_traces, new_contacts, new_consents, new_outcomes, new_links; the lake's views; words(list, word, code)
--        identities_now; pulled_traces, pulled_contacts, pulled_consents, pulled_outcomes (rows to be placed again)
-- params: variables generation, buckets

-- statement: known
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

-- Of two contacts at one instant the smaller id.
create table first_ties as
with pairs as (
  select
    subject,
    contact,
    min("at") as "at"
  from links_at_hand
  group by subject, contact
)
select
  subject,
  min({'at': "at", 'contact': contact}).contact as contact,
  min("at") as "at",
  count(*) = 1 as is_only
from pairs
group by subject;

-- Only subjects of several contacts have to be gone through in time.
create view links_of_several as
from links_at_hand
semi join (select subject from first_ties where not is_only) as several using (subject);

create table ties as
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
from tie_changes(links_of_several);

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

-- statement: tables
create table trace_buckets as
select distinct
  homes.canonical is null as of_visitors,
  homes.bucket::integer as bucket
from (select distinct home from placed_traces) as placed
join homes on homes.number = placed.home
where homes.bucket is not null;

-- What a trace has from its home is added when its bucket is written. Rows of one owner and instant are told apart by
-- a hash, as the sort is several times faster with keys of one width than with texts.
create view traces_at_home as
select
  homes.canonical as contact,
  placed."at",
  greatest(placed.known_at, placed."at", homes.tied_at, homes.joined_at) as known_at,
  placed.kind,
  placed.channel,
  placed.theme,
  placed.municipality,
  placed.value,
  placed.automated,
  placed.source,
  placed.trace_id,
  placed.generation,
  homes.origin,
  if(greatest(placed."at", homes.tied_at, homes.joined_at) > placed.known_at, placed.known_at, null)
    as origin_known_at,
  homes.bucket,
  homes.owner,
  hash(
    placed.trace_id, placed.home, placed.known_at, placed.kind, placed.channel, placed.theme, placed.municipality,
    placed.value, placed.automated, placed.source, placed.generation
  ) as tie
from placed_traces as placed
join homes on homes.number = placed.home;

create view traces_out as
from traces_at_home
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
select
  origin as subject,
  * exclude (contact, origin, origin_known_at)
from traces_at_home
where contact is null
union all by name
from staying;
