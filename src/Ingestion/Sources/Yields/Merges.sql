-- meaning: types what the statement of a source says about two ids being one contact or not
-- grain: one statement about two ids
-- reads: given
create or replace table typed as
with merges as (
  select
    _row,
    filled(contact) as contact,
    filled(same_as) as same_as,
    try_cast("at" as timestamp) as "at",
    if(merged is null, true, try_cast(merged as boolean)) as merged
  from given
)
select
  *,
  case
    when contact is null then 'no contact, expected one'
    when same_as is null then 'no contact that it is the same as (same_as), expected one'
    when contact = same_as then 'a contact that is the same as itself, expected two ids'
    when "at" is null then 'no time (at), expected one'
    when "at" < timestamp '1900-01-01' or "at" >= timestamp '2200-01-01' then 'a time (at) that cannot be, expected 1900 to 2199'
    when merged is null then 'merged: expected true or false'
  end as reason
from merges;

-- statement: keep
insert into new_merges
select
  contact,
  same_as,
  "at",
  merged
from typed
anti join dropped using (_row)
where reason is null;
