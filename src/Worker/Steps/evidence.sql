-- meaning: what each contact has shown for each municipality, machines left out
-- grain: one contact and municipality
-- reads: machine_clicks, traces (view of one bucket)
-- params: $until (as-of instant), $recent (start of the last 90 days), $asked (codes of talks, forms, inquiries), $answered (codes of answers), both as comma-separated text
with seen as (
    select
        contact,
        municipality,
        "at",
        kind,
        kind in (select unnest(string_split($asked, ','))::usmallint) as is_inquiry,
        kind in (select unnest(string_split($answered, ','))::usmallint) as is_answer
    from traces
    anti join machine_clicks using (contact, kind, "at")
    where municipality <> 0
        and "at" < $until
        and known_at < $until
        and not automated
),

preferred as (
    select
        contact,
        municipality
    from seen
    where is_answer
    qualify row_number() over (partition by contact order by "at" desc, municipality) = 1
),

counted as (
    select
        contact,
        municipality,
        count_if(not is_inquiry and not is_answer)::double as views,
        count_if(not is_inquiry and not is_answer and "at" >= $recent)::double as recent_views,
        count_if(is_inquiry)::double as inquiries,
        count_if(is_answer)::double as answers
    from seen
    group by contact, municipality
)

select
    counted.contact,
    counted.municipality,
    counted.views,
    counted.recent_views,
    counted.inquiries,
    counted.answers,
    preferred.municipality is not null as is_preferred
from counted
left join preferred
    on preferred.contact = counted.contact
    and preferred.municipality = counted.municipality
order by counted.contact, counted.municipality
