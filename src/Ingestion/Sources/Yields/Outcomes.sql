-- meaning: types what the statement of a source gives as outcomes
-- grain: one outcome of one contact
-- reads: given
create or replace table typed as
with outcomes as (
  select
    _row,
    filled(contact) as contact,
    email_subject(email::varchar) as subject,
    try_cast("at" as timestamp) as "at",
    try_cast(known_at as timestamp) as known_at,
    word(kind::varchar) as kind,
    coalesce(try_cast(municipality as integer), 0) as municipality,
    municipality is not null and try_cast(municipality as integer) is null as has_bad_municipality
  from given
)
select
  *,
  case
    when contact is null and subject is null then 'no contact or e-mail, expected one of them'
    when "at" is null then 'no time (at), expected one'
    when "at" < timestamp '1900-01-01' or "at" >= timestamp '2200-01-01' then 'a time (at) that cannot be, expected 1900 to 2199'
    when kind = '' then 'no kind, expected one'
    when has_bad_municipality or municipality not between 0 and 9999 then 'municipality: expected a code of four digits'
  end as reason
from outcomes;

-- statement: keep
insert into new_outcomes
select
  contact,
  subject,
  "at",
  greatest("at", known_at) as known_at,
  kind,
  municipality::usmallint as municipality
from typed
anti join dropped using (_row)
where reason is null;
