-- meaning: a planned follow-up; one whose key is known stays as it is, whatever became of it
-- writes:  follow_ups, at most one row
-- params:  @key, @contact, @municipality, @kind, @stage, @due_at, @cause
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
values (
    @key,
    @contact,
    @municipality,
    @kind,
    @stage,
    @due_at,
    @cause,
    'planned'
)
on conflict (key) do nothing
