-- meaning: contacts that may be profiled as of an instant: the slow twin of what the features do
-- grain: one contact
-- reads: consents
-- params: as_of
create or replace temp table people as
with statements as (
    select
        contact,
        purpose,
        "at",
        (purpose = 'objection') = granted as restricts
    from consents
    where purpose in ('profiling', 'objection')
),
verdicts as (
    select
        contact,
        purpose,
        max({'at': "at", 'restricts': restricts}).restricts as restricts_now,
        max(case when "at" < $as_of then {'at': "at", 'restricts': restricts} end).restricts as restricted_then
    from statements
    group by all
)
select contact
from verdicts
group by contact
having bool_or(purpose = 'profiling' and not restricted_then)
    and not bool_or(restricts_now)
    and not bool_or(coalesce(restricted_then, false))
