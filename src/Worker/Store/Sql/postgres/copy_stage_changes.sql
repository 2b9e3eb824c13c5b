-- meaning: changes of stage as a stream of binary rows
-- writes:  staged_stage_changes
copy staged_stage_changes (
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
from stdin (format binary)
