-- meaning: changes of stage in the order in which they happened; the same change of the same day is kept once
-- writes:  stage_changes
-- reads:   staged_stage_changes
insert into stage_changes (
    contact,
    as_of,
    from_stage,
    to_stage,
    since,
    cause,
    evidence,
    evidence_at,
    evidence_municipality,
    lift,
    model_id
)
select
    contact,
    as_of,
    from_stage,
    to_stage,
    since,
    cause,
    evidence,
    evidence_at,
    evidence_municipality,
    lift,
    model_id
from staged_stage_changes
order by nth
on conflict do nothing
