-- meaning: contacts with a purpose granted as of an instant, not withdrawn since, and without a standing objection;
--          of two rows of one instant the one that restricts holds
-- grain: one contact
-- reads: consents
-- params: files (paths, one a line), purpose, as_of
with statements as (
    select
        contact,
        purpose,
        "at",
        (purpose = 'objection') = granted as restricts
    from read_parquet(string_split($files, chr(10)))
    where purpose in ($purpose, 'objection')
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
having bool_or(purpose = $purpose and not restricted_then)
    and not bool_or(restricts_now)
    and not bool_or(coalesce(restricted_then, false))
order by contact
