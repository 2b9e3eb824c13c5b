-- meaning: gives versions, consents and outcomes, new ones and those to be placed again, to the contact they are of now
-- grain: one row of a lake table, with the bucket it goes to
-- reads: new_contacts, new_consents, new_outcomes, new_merges, pulled_contacts, pulled_consents, pulled_outcomes,
--        first_ties, contact_buckets, merges
-- params: variables generation, buckets

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
