-- meaning: a message that did not go out counts no more
-- writes:  sendings, at most one row
-- params:  @key
delete from sendings
where key = @key and state = 'reserved'
