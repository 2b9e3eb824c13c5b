-- meaning: nobody else counts against a household's caps or a municipality's week until the end of the transaction
-- writes:  nothing; always in this order and after the contact's own row, so that no two wait for each other
-- params:  @household (null locks none), @week (municipality and kind)
select pg_advisory_xact_lock(hashtext('leads household'), hashtext(current_schema() || @household))
where @household is not null;

select pg_advisory_xact_lock(hashtext('leads week'), hashtext(current_schema() || @week))
