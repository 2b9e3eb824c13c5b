-- meaning: a message has gone out, or may have
-- writes:  sendings, at most one row
-- params:  @key, @state
update sendings
set state = @state
where key = @key and state = 'reserved'
