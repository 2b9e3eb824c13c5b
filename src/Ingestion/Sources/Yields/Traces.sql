-- meaning: types what the statement of a source gives as traces
-- grain: one trace
-- reads: given
create or replace table typed as
with traces as (
  select
    _row,
    filled(contact) as contact,
    coalesce('v:' || filled(visitor), email_subject(email::varchar), phone_subject(phone::varchar)) as subject,
    try_cast("at" as timestamp) as "at",
    try_cast(known_at as timestamp) as known_at,
    word(kind::varchar) as kind,
    word(channel::varchar) as channel,
    word(theme::varchar) as theme,
    coalesce(try_cast(municipality as integer), 0) as municipality,
    municipality is not null and try_cast(municipality as integer) is null as has_bad_municipality,
    try_cast(value as float) as value,
    value is not null and try_cast(value as float) is null as has_bad_value,
    coalesce(try_cast(automated as boolean), false) as automated,
    filled(trace_id) as trace_id
  from given
)
select
  *,
  case
    when "at" is null then 'no time (at), expected one'
    when "at" < timestamp '1900-01-01' or "at" >= timestamp '2200-01-01' then 'a time (at) that cannot be, expected 1900 to 2199'
    when kind = '' then 'no kind, expected one'
    when contact is null and subject is null then 'no contact, visitor, e-mail or phone, expected one of them'
    when has_bad_municipality or municipality not between 0 and 9999 then 'municipality: expected a code of four digits'
    when has_bad_value or not coalesce(isfinite(value), true) then 'value: expected a number'
  end as reason
from traces;

-- statement: keep
insert into new_traces
select
  contact,
  if(contact is null, subject, null) as subject,
  "at",
  greatest("at", known_at) as known_at,
  kind,
  channel,
  theme,
  municipality::usmallint as municipality,
  value,
  automated,
  getvariable('source') as source,
  trace_id
from typed
anti join dropped using (_row)
where reason is null;
