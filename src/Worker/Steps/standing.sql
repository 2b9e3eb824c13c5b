-- meaning: every contact ever heard of, its household, and which municipalities handed it back or did not reach it
-- grain: one contact
-- reads: traces, contacts, consents, outcomes (views of one bucket)
-- params: $until (as-of instant)
with known as (
    select contact from contacts where "at" < $until and known_at < $until
    union
    select contact from consents where "at" < $until
    union
    select contact from traces where "at" < $until and known_at < $until
),

household as (
    select
        contact,
        household
    from contacts
    where "at" < $until
        and known_at < $until
        and household <> ''
    qualify row_number() over (partition by contact order by "at" desc, household) = 1
),

declined as (
    select
        contact,
        string_agg(distinct municipality::varchar, ',' order by municipality::varchar) as declined_by
    from outcomes
    where kind = 'declined_by_municipality'
        and municipality <> 0
        and known_at < $until
    group by contact
),

missed as (
    select
        contact,
        max("at") as missed_at
    from outcomes
    where kind = 'not_reached'
        and "at" < $until
        and known_at < $until
    group by contact
)

select
    known.contact,
    household.household,
    declined.declined_by,
    missed.missed_at
from known
left join household on household.contact = known.contact
left join declined on declined.contact = known.contact
left join missed on missed.contact = known.contact
order by known.contact
