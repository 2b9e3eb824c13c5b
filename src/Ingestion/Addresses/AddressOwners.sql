-- meaning: the kept addresses that are another contact's than they were thought to be, or nobody's and then go
-- grain: one address
-- reads: kept (subject, contact, taken_on), links, identities, consents
-- params: $silent_from (addresses given before that day need a yes to marketing)
with ties as (
  select
    links.subject,
    links.contact,
    links."at",
    coalesce(identities.canonical, links.contact) as canonical
  from links
  semi join kept using (subject)
  left join identities using (contact)
),

-- Of two contacts at one instant the smaller id, and an erased one ('!') before all.
last_ties as (
  select
    subject,
    canonical
  from ties
  qualify row_number() over (partition by subject order by "at" desc, contact) = 1
),

-- info@ and the like: nobody's own, as for merges.
crowds as (
  select subject
  from ties
  group by subject
  having count(distinct canonical) > 4
),

-- The latest on marketing and on objection; of two at one instant the one that restricts.
statements as (
  select
    contact,
    purpose,
    bool_or(if(purpose = 'objection', granted is distinct from false, granted is distinct from true)) as restricts
  from consents
  where purpose in ('marketing', 'objection')
  group by contact, purpose, "at"
  qualify row_number() over (partition by contact, purpose order by "at" desc) = 1
),

words as (
  select
    contact,
    bool_or(restricts) as refuses,
    bool_or(purpose = 'marketing') as agrees
  from statements
  group by contact
),

owners as (
  select
    kept.subject,
    kept.contact as before,
    if(
      last_ties.canonical = '!'
      or kept.subject in (select subject from crowds)
      or coalesce(words.refuses, false)
      or (kept.taken_on < $silent_from and not coalesce(words.agrees, false)),
      null,
      last_ties.canonical
    ) as contact
  from kept
  left join last_ties using (subject)
  left join words on words.contact = last_ties.canonical
)

select
  subject,
  contact
from owners
where contact is null or contact is distinct from before
order by subject
