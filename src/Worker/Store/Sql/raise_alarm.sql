-- meaning: something to look at; the same thing is raised once
-- writes:  alarms, at most one row
-- params:  @key, @words, @now
insert into alarms (key, words, raised_at)
values (@key, @words, @now)
on conflict (key) do nothing
