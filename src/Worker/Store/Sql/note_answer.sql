-- meaning: a message was answered; the first answer counts
-- writes:  sendings, at most one row
-- params:  @key, @answered_at
update sendings
set answered_at = @answered_at
where key = @key and answered_at is null
