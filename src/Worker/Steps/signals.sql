-- meaning: what became known of contacts since the last run and may move them: traces, outcomes, consents
-- grain: one trace, outcome or consent; of pages read and links followed the latest of a contact's day
-- reads: machine_clicks, traces, outcomes, consents (views of one bucket)
-- params: $generation, $since (what an earlier run has seen), $until (as-of instant)
with new_traces as (
    select
        contact,
        "at",
        kind,
        municipality,
        value
    from traces
    anti join machine_clicks using (contact, kind, "at")
    where "at" < $until
        and known_at < $until
        and (generation > $generation or greatest("at", known_at) >= $since)
        and not automated
),

trace_signals as (
    select
        contact,
        max("at") as "at",
        'trace' as origin,
        kind::varchar as word,
        arg_max(municipality, ("at", municipality)) as municipality,
        value
    from new_traces
    group by contact, date_trunc('day', "at"), kind, value
),

outcome_signals as (
    select
        contact,
        "at",
        'outcome' as origin,
        kind as word,
        municipality,
        null::float as value
    from outcomes
    where "at" < $until
        and known_at < $until
        and (generation > $generation or greatest("at", known_at) >= $since)
),

consent_signals as (
    select
        contact,
        "at",
        'consent' as origin,
        purpose as word,
        0::usmallint as municipality,
        granted::integer::float as value
    from consents
    where "at" < $until
        and (generation > $generation or "at" >= $since)
)

select contact, "at", origin, word, municipality, value from trace_signals
union all
select contact, "at", origin, word, municipality, value from outcome_signals
union all
select contact, "at", origin, word, municipality, value from consent_signals
order by contact, "at", origin, word, municipality, value
