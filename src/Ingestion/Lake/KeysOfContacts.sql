-- meaning: all ids that are the same contacts as those asked for, and the addresses and devices that only they have
-- grain: one key: c: and an id, or a subject
-- reads: asked, identities, links
with canonicals as (
  select coalesce(identities.canonical, asked.contact) as contact
  from asked
  left join identities using (contact)
),
ids as (
  select contact from asked
  union
  select contact from canonicals
  union
  select identities.contact
  from identities
  semi join canonicals on canonicals.contact = identities.canonical
),
theirs as (
  select subject
  from links
  where subject in (select subject from links semi join ids using (contact))
  group by subject
  having bool_and(contact = '!' or contact in (select contact from ids))
)
select 'c:' || contact as key
from ids
union
select subject
from theirs
order by key
