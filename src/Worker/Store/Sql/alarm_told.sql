-- meaning: somebody has been told of an alarm
-- writes:  alarms, one row
-- params:  @key, @now
update alarms
set told_at = @now
where key = @key
