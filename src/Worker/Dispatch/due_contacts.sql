-- meaning: what holds now of the contacts that something is due for: consents, objection, household, language
-- grain: one contact asked for, known or not
-- reads: consents, contacts (views of one bucket)
-- params: $contacts (json array of ids), $now (instant)
with asked as (
    select unnest(from_json($contacts, '["varchar"]')) as contact
),

statements as (
    select
        contact,
        purpose,
        "at",
        bool_or(if(purpose = 'objection', coalesce(granted, true), not coalesce(granted, false))) as restricts
    from consents
    semi join asked using (contact)
    group by contact, purpose, "at"
),

verdicts as (
    select
        contact,
        purpose,
        arg_max(restricts, "at") as restricts_at_last,
        arg_max(restricts, if("at" < $now, "at", null)) as restricts_now,
        max(if(restricts or "at" >= $now, null, "at")) as granted_at
    from statements
    group by contact, purpose
),

rights as (
    select
        contact,
        bool_or(purpose = 'objection' and (restricts_at_last or coalesce(restricts_now, false))) as objected,
        bool_or(purpose = 'profiling' and not restricts_at_last and not coalesce(restricts_now, true)) as profiling,
        bool_or(purpose = 'marketing' and not restricts_at_last and not coalesce(restricts_now, true)) as marketing,
        bool_or(purpose = 'sharing' and not restricts_at_last and not coalesce(restricts_now, true)) as sharing,
        max(if(purpose = 'marketing', granted_at, null)) as marketing_at
    from verdicts
    group by contact
),

register as (
    select
        contact,
        "at",
        household,
        language
    from contacts
    semi join asked using (contact)
    where "at" < $now
        and known_at < $now
),

households as (
    select
        contact,
        household
    from register
    where household <> ''
    qualify row_number() over (partition by contact order by "at" desc, household) = 1
),

languages as (
    select
        contact,
        language
    from register
    where language <> ''
    qualify row_number() over (partition by contact order by "at" desc, language) = 1
)

select
    asked.contact,
    coalesce(rights.objected, false) as objected,
    coalesce(rights.profiling, false) as profiling,
    coalesce(rights.marketing, false) as marketing,
    coalesce(rights.sharing, false) as sharing,
    rights.marketing_at,
    households.household,
    languages.language
from asked
left join rights on rights.contact = asked.contact
left join households on households.contact = asked.contact
left join languages on languages.contact = asked.contact
