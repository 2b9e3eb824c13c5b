-- meaning: types what the statement of a source gives as versions of contacts; addresses become links
-- grain: one version of one contact
-- reads: given
create or replace table typed as
with contacts as (
  select
    _row,
    filled(contact) as contact,
    try_cast("at" as timestamp) as "at",
    coalesce(try_cast(linked_at as timestamp), try_cast("at" as timestamp)) as linked_at,
    email_subject(email::varchar) as email,
    lower(trim(email::varchar)) as written_email,
    phone_subject(phone::varchar) as phone,
    filled(country) as country,
    lower(filled(language)) as language,
    coalesce(filled(household), household_key(address::varchar)) as household,
    try_cast(household_size as integer) as household_size,
    try_cast(birth_year as integer) as birth_year,
    household_size is not null and try_cast(household_size as integer) is null as has_bad_size,
    birth_year is not null and try_cast(birth_year as integer) is null as has_bad_year
  from given
)
select
  *,
  case
    when contact is null then 'no contact, expected one'
    when "at" is null then 'no time (at), expected one'
    when "at" < timestamp '1900-01-01' or "at" >= timestamp '2200-01-01' then 'a time (at) that cannot be, expected 1900 to 2199'
    when has_bad_size then 'household_size: expected a whole number'
    when has_bad_year then 'birth_year: expected a whole number'
  end as reason
from contacts;

-- statement: keep
insert into new_contacts
select
  contact,
  "at",
  country,
  language,
  household,
  household_size,
  birth_year
from typed
anti join dropped using (_row)
where reason is null;

insert into new_links
select
  unnest([email, phone]) as subject,
  contact,
  linked_at as "at"
from typed
anti join dropped using (_row)
where reason is null;

delete from new_links
where subject is null;

insert into given_addresses
select
  email as subject,
  written_email as address,
  language,
  country,
  "at"
from typed
anti join dropped using (_row)
where getvariable('keeps_addresses')
  and reason is null
  and email is not null;
