-- meaning: what was given up lapses when the same job has done the same part of a later day
-- writes:  runs, dead units
-- params:  @now
update runs
set
    state = 'lapsed',
    error = 'overtaken by the one of a later day; before that: ' || coalesce(error, 'no word'),
    ended_at = @now
where
    state = 'dead'
    and exists (
        select 1
        from runs as later
        where
            later.job = runs.job
            and later.part = runs.part
            and later.as_of > runs.as_of
            and later.state in ('done', 'warned')
    )
