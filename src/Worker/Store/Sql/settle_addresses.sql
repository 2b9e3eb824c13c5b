-- meaning: all addresses have the contacts that they have in this state of the lake
-- writes:  addresses_settled, one row
-- params:  @lake_state
insert into addresses_settled (id, lake_state)
values (1, @lake_state)
on conflict (id) do update
set lake_state = excluded.lake_state
