-- meaning: clicks that came faster than a person clicks: soon after a delivery, or many at once
-- grain: one contact, kind and instant
-- reads: traces (view of one bucket)
-- params: $until (as-of instant), $clicks, $deliveries (codes as comma-separated text), $window (µs), $burst (clicks; 0 for never)
create or replace temp table machine_clicks as
with mails as (
    select
        contact,
        kind,
        epoch_us("at") as moment,
        "at",
        kind in (select unnest(string_split($clicks, ','))::usmallint) as is_click,
        kind in (select unnest(string_split($deliveries, ','))::usmallint) as is_delivery
    from traces
    where kind in (select unnest(string_split($clicks || ',' || $deliveries, ','))::usmallint)
        and "at" < $until
        and known_at < $until
),

paced as (
    select
        *,
        count_if(is_delivery) over just_before > 0 as is_delivered,
        if(is_click, count_if(is_click) over just_before, 0) as clicks
    from mails
    window just_before as (partition by contact order by moment range between $window preceding and current row)
),

judged as (
    select
        *,
        max(clicks) over (partition by contact order by moment range between current row and $window following) as most
    from paced
)

select distinct
    contact,
    kind,
    "at"
from judged
where is_click
    and (is_delivered or ($burst > 0 and most >= $burst))
