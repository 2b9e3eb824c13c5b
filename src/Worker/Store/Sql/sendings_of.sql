-- meaning: messages that went to a contact, oldest first
-- grain:   one message
-- reads:   sendings
-- params:  @contact
select
    key,
    municipality,
    kind,
    stage,
    channel,
    variant,
    reserved_at,
    state,
    answered_at
from sendings
where contact = @contact
order by reserved_at, key
