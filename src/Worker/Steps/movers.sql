-- meaning: when a contact first had an outcome that counts as having moved
-- grain: one contact
-- reads: outcomes (view of one bucket)
-- params: $until (as-of instant), $kinds (one a line)
select
    contact,
    min("at") as moved_at
from outcomes
where "at" < $until
    and known_at < $until
    and list_contains(string_split($kinds, chr(10)), kind)
group by contact
order by contact
