-- meaning: which two ids are one contact by what the lake and the new files say, and since when; apart holds for
--          addresses, too; an address that more than four contacts have (info@) is nobody's own and joins none
-- grain: one pair of ids
-- reads: links, new_addresses, merges, new_merges
with addresses as (
  select
    subject,
    contact,
    min("at") as "at"
  from (
    select subject, contact, "at" from links where subject < 'v:'
    union all
    select subject, contact, "at" from new_addresses
  )
  where contact <> '!'
    and contact not in (select contact from erased_contacts)
    and subject not in (select subject from erased_subjects)
  group by subject, contact
),
shared as (
  select subject
  from addresses
  group by subject
  having count(*) between 2 and 4
),
said as (
  select
    least(contact, same_as) as one,
    greatest(contact, same_as) as other,
    same_as,
    "at",
    merged
  from (
    select contact, same_as, "at", merged from merges
    union all
    select contact, same_as, "at", merged from new_merges
  )
  where contact not in (select contact from erased_contacts)
    and same_as not in (select contact from erased_contacts)
),
apart as (
  select
    one,
    other,
    max("at") as "at"
  from said
  where not merged
  group by one, other
),
together as (
  select
    said.one,
    said.other,
    min(said."at") as "at",
    arg_max(said.same_as, {'at': said."at", 'same_as': said.same_as}) as survivor
  from said
  left join apart using (one, other)
  where said.merged and (apart."at" is null or said."at" > apart."at")
  group by all
),
alike as (
  select
    mine.contact as one,
    theirs.contact as other,
    greatest(mine."at", theirs."at") as "at",
    null::varchar as survivor
  from (select * from addresses semi join shared using (subject)) as mine
  join (select * from addresses semi join shared using (subject)) as theirs
    on mine.subject = theirs.subject and mine.contact < theirs.contact
  anti join apart on mine.contact = apart.one and theirs.contact = apart.other
)
select
  one,
  other,
  min("at") as "at",
  max(survivor) as survivor
from (
  select one, other, "at", survivor from together
  union all
  select one, other, "at", survivor from alike
)
group by one, other
order by "at", one, other
