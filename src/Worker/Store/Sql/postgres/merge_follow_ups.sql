-- meaning: planned follow-ups; one whose key is known stays as it is, whatever became of it
-- writes:  follow_ups
-- reads:   staged_follow_ups
insert into follow_ups (
    key,
    contact,
    municipality,
    kind,
    stage,
    due_at,
    cause,
    state
)
select
    key,
    contact,
    municipality,
    kind,
    stage,
    due_at,
    cause,
    'planned'
from staged_follow_ups
on conflict (key) do nothing
