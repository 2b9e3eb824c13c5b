-- meaning: how all contacts lean as of a night
-- writes:  leaning, its row
-- params:  @as_of, @prior
insert into leaning (id, as_of, prior)
values (1, @as_of, @prior)
on conflict (id) do update set
    as_of = excluded.as_of,
    prior = excluded.prior
