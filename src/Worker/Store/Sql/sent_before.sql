-- meaning: messages to a contact and its household, those on their way included
-- grain:   one message
-- reads:   sendings
-- params:  @contact, @household (null when unknown), @since (UTC, exclusive)
select
    contact,
    reserved_at
from sendings
where reserved_at > @since and (contact = @contact or household = @household)
