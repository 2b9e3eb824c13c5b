-- meaning: everything the funnel decided, as text that is equal when two stores are; runs are left out, they hold clock times
-- grain:   one row of one table
-- reads:   positions, stage_changes, follow_ups, sendings, list_places, drawn_contacts, ahead, watermark, suppressions
with lines as (
    select
        'positions' as table_name,
        json_build_array(
            contact,
            stage,
            since,
            last_signal,
            municipality,
            runner_up,
            cause,
            model_id,
            as_of,
            last_word,
            last_word_at
        )::text as line
    from positions
    union all
    select
        'stage_changes',
        json_build_array(
            contact,
            row_number() over (partition by contact order by id),
            as_of,
            from_stage,
            to_stage,
            since,
            cause,
            evidence,
            evidence_at,
            evidence_municipality,
            to_char(lift, 'FM999999990.000000000'),
            model_id
        )::text
    from stage_changes
    union all
    select
        'follow_ups',
        json_build_array(key, contact, municipality, kind, stage, due_at, cause, state, look_at, why)::text
    from follow_ups
    union all
    select
        'sendings',
        json_build_array(
            key,
            contact,
            household,
            municipality,
            kind,
            stage,
            channel,
            variant,
            reserved_at,
            state,
            answered_at
        )::text
    from sendings
    union all
    select
        'list_places',
        json_build_array(iso_week, municipality, contact, rank, entered_on, household, has_left, part)::text
    from list_places
    union all
    select
        'drawn_contacts',
        json_build_array(
            contact,
            municipality,
            stage,
            part,
            drawn_on,
            to_char(likelihood, 'FM999999990.000000000')
        )::text
    from drawn_contacts
    union all
    select
        'ahead',
        json_build_array(
            contact,
            place,
            stage,
            since,
            last_signal,
            municipality,
            runner_up,
            cause,
            model_id,
            as_of,
            last_word,
            last_word_at
        )::text
    from ahead
    union all
    select
        'watermark',
        json_build_array(as_of, generation, model_id, policy_hash)::text
    from watermark
    union all
    select
        'suppressions',
        json_build_array(hash, on_day)::text
    from suppressions
)
select
    table_name,
    line
from lines
order by table_name collate "C", line collate "C"
