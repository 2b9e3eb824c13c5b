-- meaning: how far a unit is within its step; nothing is changed when it is at another, or another worker's by now
-- writes:  runs, at most one row
-- params:  @id, @worker, @attempts, @step, @share (0 to 1, null when it cannot be told), @doing
update runs
set
    share = @share,
    doing = @doing
where id = @id and state = 'running' and worker = @worker and attempts = @attempts and step = @step
