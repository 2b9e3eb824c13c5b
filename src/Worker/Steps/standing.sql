-- meaning: what may be done with each contact, its household, and which municipalities handed it back
-- grain: one contact
-- reads: traces, contacts, consents, outcomes (views of one bucket)
-- params: $until (as-of instant)
with known as (
    select contact from contacts where "at" < $until
    union
    select contact from consents where "at" < $until
    union
    select contact from traces where "at" < $until and known_at < $until
),

latest_consent as (
    select
        contact,
        purpose,
        granted
    from consents
    where "at" < $until
    qualify row_number() over (partition by contact, purpose order by "at" desc, granted) = 1
),

allowed as (
    select
        contact,
        bool_or(purpose = 'profiling' and granted) as profiling,
        bool_or(purpose = 'sharing' and granted) as sharing,
        bool_or(purpose = 'objection' and granted) as objected
    from latest_consent
    group by contact
),

household as (
    select
        contact,
        household
    from contacts
    where "at" < $until
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
    coalesce(allowed.profiling and not allowed.objected, false) as may_score,
    coalesce(allowed.sharing and not allowed.objected, false) as may_share,
    household.household,
    declined.declined_by,
    missed.missed_at
from known
left join allowed on allowed.contact = known.contact
left join household on household.contact = known.contact
left join declined on declined.contact = known.contact
left join missed on missed.contact = known.contact
order by known.contact
