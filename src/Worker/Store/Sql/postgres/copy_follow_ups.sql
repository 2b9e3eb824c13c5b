-- meaning: planned follow-ups as a stream of binary rows
-- writes:  staged_follow_ups
copy staged_follow_ups (
    key,
    contact,
    municipality,
    kind,
    stage,
    due_at,
    cause
)
from stdin (format binary)
