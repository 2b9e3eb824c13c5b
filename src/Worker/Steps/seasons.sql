-- meaning: the days (UTC) on which contacts of several years have shown life, from which a yearly rhythm is told
-- grain: one contact and day, of contacts whose traces since $since lie nearly two years apart or more
-- reads: traces (view of one bucket)
-- params: $until (as-of instant), $since (what lies before it tells nothing), $silent (codes of kinds that are no sign of life, as comma-separated text)
with life as (
    select
        contact,
        "at"
    from traces
    where "at" >= $since
        and "at" < $until
        and known_at < $until
        and not automated
        and kind not in (select unnest(string_split($silent, ','))::usmallint)
),

long_known as (
    select contact
    from life
    group by contact
    having max("at") - min("at") >= interval 600 days
)

select distinct
    contact,
    "at"::date as day
from life
where contact in (select contact from long_known)
order by contact, day
