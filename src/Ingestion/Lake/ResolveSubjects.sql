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

-- Where a trace goes, by its contact, or by its subject as long as that has none.
create table homes as
select
  contact as home,
  canonical,
  joined_at,
  bucket
from contact_buckets
union all
select
  subject as home,
  null as canonical,
  null as joined_at,
  bucket_of(subject, getvariable('buckets')) as bucket
from (
  select distinct subject
  from (
    select subject from new_traces where contact is null
    union all
    select subject from pulled_traces where contact is null
  )
  anti join first_ties using (subject)
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
  new.trace_id,
  null::varchar as was_contact,
  null::timestamp as was_known_at,
  null::integer as was_generation
from $table as new
join codes as kinds on kinds.spelling = new.kind
join codes as channels on channels.spelling = new.channel
join codes as themes on themes.spelling = new.theme
join source_codes on source_codes.source = new.source;

-- statement: moved again
create or replace temp view coded_traces as
select
  null::varchar as contact,
  * exclude (generation),
  null::varchar as was_contact,
  null::timestamp as was_known_at,
  null::integer as was_generation
from moved;

-- statement: pulled again
create or replace temp view coded_traces as
from pulled_traces;

-- statement: place
-- The latest tie that is not after the trace counts; before the first tie, the first one, known only from then on. A
-- subject of one contact needs no search. Rows of a bucket lie together, so that writing one reads little else.
create table $table as
select
  homes.canonical as contact,
  tied."at",
  greatest(tied.known_at, tied."at", tied.tied_at, homes.joined_at) as known_at,
  tied.kind,
  tied.channel,
  tied.theme,
  tied.municipality,
  tied.value,
  tied.automated,
  tied.source,
  tied.trace_id,
  case
    when tied.subject is not null then tied.subject
    when homes.canonical <> tied.contact then 'c:' || tied.contact
  end as origin,
  if(greatest(tied."at", tied.tied_at, homes.joined_at) > tied.known_at, tied.known_at, null) as origin_known_at,
  if(
    homes.canonical = tied.was_contact
    and greatest(tied.known_at, tied."at", tied.tied_at, homes.joined_at) = tied.was_known_at,
    tied.was_generation,
    getvariable('generation')::integer
  ) as generation,
  homes.bucket
from (
  select
    coded_traces.* exclude (contact),
    coalesce(coded_traces.contact, first_ties.contact) as contact,
    first_ties."at" as tied_at
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
    where contact is null
  ) as open
  asof left join ties on open.subject = ties.subject and open."at" >= ties."at"
),
tied as (
  select
    earlier.* exclude (contact, tied_contact, tied_at),
    coalesce(earlier.tied_contact, first_ties.contact) as contact,
    coalesce(earlier.tied_at, first_ties."at") as tied_at
  from earlier
  join first_ties using (subject)
)
select
  homes.canonical as contact,
  tied."at",
  greatest(tied.known_at, tied."at", tied.tied_at, homes.joined_at) as known_at,
  tied.kind,
  tied.channel,
  tied.theme,
  tied.municipality,
  tied.value,
  tied.automated,
  tied.source,
  tied.trace_id,
  tied.subject as origin,
  if(greatest(tied."at", tied.tied_at, homes.joined_at) > tied.known_at, tied.known_at, null) as origin_known_at,
  if(
    homes.canonical = tied.was_contact
    and greatest(tied.known_at, tied."at", tied.tied_at, homes.joined_at) = tied.was_known_at,
    tied.was_generation,
    getvariable('generation')::integer
  ) as generation,
  homes.bucket
from tied
join homes on homes.home = tied.contact;

-- statement: tables
create view traces_out as
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
select
  origin as subject,
  * exclude (contact, origin, origin_known_at)
from placed_traces
where contact is null
union all by name
from staying;

-- A version that came under another id of the contact is known of it only since the two are one.
create table contacts_out as
with versions as (
  select
    *,
    null::varchar as was_contact,
    null::timestamp as was_known_at,
    null::integer as was_generation
  from new_contacts
  union all by name
  select * from pulled_contacts
),
joined as (
  select
    contact_buckets.canonical as contact,
    versions.* exclude (contact),
    greatest(versions."at", contact_buckets.joined_at) as known_at,
    if(contact_buckets.canonical <> versions.contact, 'c:' || versions.contact, null) as origin,
    contact_buckets.bucket
  from versions
  join contact_buckets using (contact)
)
select
  * exclude (was_contact, was_known_at, was_generation),
  if(
    contact = was_contact and known_at = was_known_at, was_generation, getvariable('generation')::integer
  ) as generation
from joined;

-- A consent or outcome by an address that nobody has yet waits under the address.
create table consents_out as
with consents_now as (
  select
    *,
    null::varchar as was_contact,
    null::integer as was_generation
  from new_consents
  union all by name
  select * from pulled_consents
),
tied as (
  select
    consents_now.*,
    coalesce(consents_now.contact, first_ties.contact) as owner
  from consents_now
  left join first_ties using (subject)
),
joined as (
  select
    coalesce(contact_buckets.canonical, tied.subject) as contact,
    tied.* exclude (contact, subject, owner),
    case
      when tied.contact is null then tied.subject
      when contact_buckets.canonical <> tied.contact then 'c:' || tied.contact
    end as origin,
    if(tied.owner is null, bucket_of(tied.subject, getvariable('buckets')), contact_buckets.bucket) as bucket
  from tied
  left join contact_buckets on contact_buckets.contact = tied.owner
)
select
  * exclude (was_contact, was_generation),
  if(contact = was_contact, was_generation, getvariable('generation')::integer) as generation
from joined;

create table outcomes_out as
with outcomes_now as (
  select
    *,
    null::varchar as was_contact,
    null::timestamp as was_known_at,
    null::integer as was_generation
  from new_outcomes
  union all by name
  select * from pulled_outcomes
),
tied as (
  select
    outcomes_now.* exclude (known_at),
    greatest(outcomes_now.known_at, outcomes_now."at") as given_known_at,
    coalesce(outcomes_now.contact, first_ties.contact) as owner,
    if(outcomes_now.contact is null, first_ties."at", null) as tied_at
  from outcomes_now
  left join first_ties using (subject)
),
joined as (
  select
    coalesce(contact_buckets.canonical, tied.subject) as contact,
    tied.* exclude (contact, subject, owner, given_known_at, tied_at),
    greatest(tied.given_known_at, tied.tied_at, contact_buckets.joined_at) as known_at,
    case
      when tied.contact is null then tied.subject
      when contact_buckets.canonical <> tied.contact then 'c:' || tied.contact
    end as origin,
    if(greatest(tied.tied_at, contact_buckets.joined_at) > tied.given_known_at, tied.given_known_at, null)
      as origin_known_at,
    if(tied.owner is null, bucket_of(tied.subject, getvariable('buckets')), contact_buckets.bucket) as bucket
  from tied
  left join contact_buckets on contact_buckets.contact = tied.owner
)
select
  * exclude (was_contact, was_known_at, was_generation),
  if(
    contact = was_contact and known_at = was_known_at, was_generation, getvariable('generation')::integer
  ) as generation
from joined;

create table merges_out as
select
  *,
  0::utinyint as bucket
from (select distinct * from new_merges)
anti join merges using (contact, same_as, "at", merged);
