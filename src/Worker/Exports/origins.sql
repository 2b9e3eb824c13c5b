-- meaning: the last thing by which each contact asked or agreed (kind 0 when it has only read), and when it was first seen
-- grain: one contact with traces
-- reads: asked, traces (view of one bucket)
-- params: $until (instant), $inquiries, $answers (codes, as comma-separated text), $least (value of the least answer that agrees)
with seen as (
    select
        contact,
        "at",
        kind,
        channel,
        if(kind in (select unnest(string_split($answers, ','))::usmallint), value::double, null) as answer,
        kind in (select unnest(string_split($inquiries, ','))::usmallint) as asked
    from traces
    semi join asked using (contact)
    where "at" < $until
        and known_at < $until
        and not automated
),

judged as (
    select
        *,
        asked or coalesce(answer >= $least, false) as agrees
    from seen
)

select
    contact,
    coalesce(arg_max(kind, ("at", kind)) filter (where agrees), 0)::usmallint as kind,
    coalesce(arg_max(channel, ("at", kind)) filter (where agrees), 0)::usmallint as channel,
    max_by(coalesce(answer, -1), ("at", kind)) filter (where agrees) as answer,
    coalesce(max("at") filter (where agrees), min("at")) as "at"
from judged
group by contact
order by contact
