-- meaning: the contacts and subjects at hand, and where rows that are theirs go
-- grain: one contact; one contact, subject or tie of a subject
-- reads: new_traces, new_contacts, new_consents, new_outcomes, pulled_traces, pulled_contacts, pulled_consents,
--        pulled_outcomes, ties, first_ties, identities_now, erased_contacts
-- params: variable buckets

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

-- Where traces go: by contact; by subject, with each of its ties; or by subject as long as it has none. What is before
-- the first tie counts as that contact's, known from then on. Numbers grow with the bucket and, in it, the owner; those
-- of visitors come last.
create table homes as
with all_homes as (
  select
    contact as home,
    false as is_subject,
    canonical,
    if(canonical <> contact, 'c:' || contact, null) as origin,
    joined_at,
    null::timestamp as tied_at,
    true as is_only,
    bucket
  from contact_buckets
  union all
  select
    ties.subject as home,
    true as is_subject,
    contact_buckets.canonical,
    ties.subject as origin,
    contact_buckets.joined_at,
    ties."at" as tied_at,
    first_ties.is_only,
    contact_buckets.bucket
  from ties
  join first_ties using (subject)
  join contact_buckets on contact_buckets.contact = ties.contact
  union all
  select
    subject as home,
    true as is_subject,
    null as canonical,
    subject as origin,
    null as joined_at,
    null as tied_at,
    true as is_only,
    bucket_of(subject, getvariable('buckets')) as bucket
  from (
    select distinct subject
    from (
      select subject from new_traces where contact is null
      union all
      select subject from pulled_traces where contact is null
    )
    anti join first_ties using (subject)
  )
)
select
  row_number() over (
    order by canonical is null, bucket, coalesce(canonical, origin), is_subject, home, tied_at
  )::integer as number,
  dense_rank() over (order by canonical is null, bucket, coalesce(canonical, origin))::integer as owner,
  *
from all_homes;
