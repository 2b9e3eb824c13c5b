-- meaning: who has said something, or agreed or objected to being profiled, since a look; whether it counts the funnel tells
-- grain: one contact
-- reads: traces, outcomes, consents (views of one bucket, of the files that may hold something new)
-- params: $generation, $since (what an earlier look has seen), $until (instant), $traces (codes, as comma-separated text), $outcomes (kinds, one a line)
select contact
from traces
where kind in (select unnest(string_split($traces, ','))::usmallint)
    and "at" < $until
    and known_at < $until
    and (generation > $generation or greatest("at", known_at) >= $since)
    and not automated
union
select contact
from outcomes
where list_contains(string_split($outcomes, chr(10)), kind)
    and "at" < $until
    and known_at < $until
    and (generation > $generation or greatest("at", known_at) >= $since)
union
select contact
from consents
where purpose in ('profiling', 'objection')
    and "at" < $until
    and (generation > $generation or "at" >= $since)
order by contact
