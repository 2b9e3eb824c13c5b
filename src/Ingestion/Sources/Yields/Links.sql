-- meaning: types what the statement of a source gives as ties of subjects to contacts
-- grain: one tie
-- reads: given
create or replace table typed as
with links as (
  select
    _row,
    coalesce('v:' || filled(visitor), email_subject(email::varchar), phone_subject(phone::varchar)) as subject,
    lower(trim(email::varchar)) as written_email,
    filled(contact) as contact,
    try_cast("at" as timestamp) as "at"
  from given
)
select
  *,
  case
    when contact is null then 'no contact, expected one'
    when subject is null then 'no visitor, e-mail or phone, expected one of them'
    when "at" is null then 'no time (at), expected one'
    when "at" < timestamp '1900-01-01' or "at" >= timestamp '2200-01-01' then 'a time (at) that cannot be, expected 1900 to 2199'
  end as reason
from links;

-- statement: keep
insert into new_links
select distinct
  subject,
  contact,
  "at"
from typed
anti join dropped using (_row)
where reason is null;

insert into given_addresses
select
  subject,
  written_email as address,
  null as language,
  null as country,
  "at"
from typed
anti join dropped using (_row)
where getvariable('keeps_addresses')
  and reason is null
  and starts_with(subject, 'e:');
