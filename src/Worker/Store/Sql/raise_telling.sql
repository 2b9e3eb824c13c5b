-- meaning: an alarm is to be told by one way; what is known stays as it is, told or not
-- writes:  alarm_tellings, at most one row
-- params:  @key, @way, @now
insert into alarm_tellings (key, way, next_try_at)
values (@key, @way, @now)
on conflict (key, way) do nothing
