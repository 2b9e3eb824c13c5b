-- meaning: the latest place that each contact had before a week
-- grain:   one contact
-- reads:   list_places
-- params:  @iso_week (exclusive)
with numbered as (
    select
        iso_week,
        municipality,
        contact,
        rank,
        entered_on,
        household,
        has_left,
        part,
        row_number() over (
            partition by contact
            order by
                entered_on desc,
                iso_week desc,
                municipality
        ) as nth
    from list_places
    where iso_week < @iso_week
)
select
    iso_week,
    municipality,
    contact,
    rank,
    entered_on,
    household,
    has_left,
    part
from numbered
where nth = 1
order by contact
