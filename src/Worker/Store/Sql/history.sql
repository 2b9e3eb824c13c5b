-- meaning: how a contact came to where it stands, oldest first
-- grain:   one change of stage
-- reads:   stage_changes
-- params:  @contact
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
from stage_changes
where contact = @contact
order by id
