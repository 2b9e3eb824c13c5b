-- meaning: the trace an erased contact leaves, so that an old export does not bring it back
-- writes:  suppressions, at most one row
-- params:  @hash, @on_day
insert into suppressions (hash, on_day)
values (@hash, @on_day)
on conflict (hash) do nothing
