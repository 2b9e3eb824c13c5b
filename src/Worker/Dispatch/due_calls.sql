-- meaning: when a municipality last talked to the contacts that it is due to call
-- grain: one contact
-- reads: outcomes (view of one bucket)
-- params: $contacts (json array of ids), $municipality, $now (instant)
with asked as (
    select unnest(from_json($contacts, '["varchar"]')) as contact
)

select
    contact,
    max("at") as called_at
from outcomes
semi join asked using (contact)
where kind = 'called'
    and municipality = $municipality
    and "at" < $now
    and known_at < $now
group by contact
