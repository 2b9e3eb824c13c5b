-- meaning: the reasons for moving that each contact declared in answers, forms and talks, those of its last year of saying any
-- grain: one contact and theme
-- reads: traces (view of one bucket)
-- params: $until (as-of instant), $said (codes of talks, forms, inquiries and answers, as comma-separated text)
with declared as (
    select
        contact,
        theme,
        max("at") as last_at
    from traces
    where theme <> 0
        and kind in (select unnest(string_split($said, ','))::usmallint)
        and "at" < $until
        and known_at < $until
        and not automated
    group by contact, theme
)

select
    contact,
    theme
from declared
qualify last_at >= max(last_at) over (partition by contact) - interval 365 day
order by
    contact,
    last_at desc,
    theme
