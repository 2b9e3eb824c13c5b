-- meaning: a run has ended
-- writes:  runs, one row
-- params:  @id, @state, @ended_at, @counts (json), @error
update runs
set
    state = @state,
    ended_at = @ended_at,
    counts = @counts,
    error = @error
where id = @id
