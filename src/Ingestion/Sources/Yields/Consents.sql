-- meaning: types what the statement of a source gives as consents
-- grain: one statement of one contact for one purpose
-- reads: given
create or replace table typed as
with consents as (
  select
    _row,
    filled(contact) as contact,
    email_subject(email::varchar) as subject,
    try_cast("at" as timestamp) as "at",
    lower(filled(purpose)) as purpose,
    try_cast(granted as boolean) as granted,
    filled(provenance) as provenance
  from given
)
select
  *,
  case
    when contact is null and subject is null then 'no contact or e-mail, expected one of them'
    when "at" is null then 'no time (at), expected one'
    when "at" < timestamp '1900-01-01' or "at" >= timestamp '2200-01-01' then 'a time (at) that cannot be, expected 1900 to 2199'
    when purpose is null or purpose not in ('profiling', 'marketing', 'sharing', 'objection')
      then 'purpose: expected profiling, marketing, sharing or objection'
    when granted is null then 'granted: expected true or false'
  end as reason
from consents;

-- statement: keep
insert into new_consents
select
  contact,
  subject,
  "at",
  purpose,
  granted,
  provenance
from typed
anti join dropped using (_row)
where reason is null;
