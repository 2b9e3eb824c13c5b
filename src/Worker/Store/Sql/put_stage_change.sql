-- meaning: one change of stage; the same change of the same day is kept once
-- writes:  stage_changes, at most one row
-- params:  @contact, @as_of, @from_stage, @to_stage, @since, @cause,
--          @evidence, @evidence_at, @evidence_municipality, @lift, @model_id
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
values (
    @contact,
    @as_of,
    @from_stage,
    @to_stage,
    @since,
    @cause,
    @evidence,
    @evidence_at,
    @evidence_municipality,
    @lift,
    @model_id
)
on conflict do nothing
