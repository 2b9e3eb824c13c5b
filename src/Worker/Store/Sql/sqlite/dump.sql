-- meaning: everything the funnel decided, as text that is equal when two stores are; runs are left out, they hold clock times
-- grain:   one row of one table
-- reads:   positions, stage_changes, follow_ups, sendings, list_places, drawn_contacts, ahead, watermark, suppressions
select
    'positions' as table_name,
    json_array(
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
    ) as line
from positions
union all
select
    'stage_changes',
    json_array(
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
        case when lift is not null then printf('%.9f', lift) end,
        model_id
    )
from stage_changes
union all
select
    'follow_ups',
    json_array(key, contact, municipality, kind, stage, due_at, cause, state, look_at, why)
from follow_ups
union all
select
    'sendings',
    json_array(
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
    )
from sendings
union all
select
    'list_places',
    json_array(iso_week, municipality, contact, rank, entered_on, household, has_left, part)
from list_places
union all
select
    'drawn_contacts',
    json_array(contact, municipality, stage, part, drawn_on, printf('%.9f', likelihood))
from drawn_contacts
union all
select
    'ahead',
    json_array(
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
    )
from ahead
union all
select
    'watermark',
    json_array(as_of, generation, model_id, policy_hash)
from watermark
union all
select
    'suppressions',
    json_array(hash, on_day)
from suppressions
order by 1, 2
