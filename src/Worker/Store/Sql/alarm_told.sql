-- meaning: an alarm has been told by one way
-- writes:  alarm_tellings, one row
-- params:  @key, @way, @now
update alarm_tellings
set told_at = @now
where key = @key and way = @way
