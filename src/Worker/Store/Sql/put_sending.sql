-- meaning: a message is about to go out, and counts from now on
-- writes:  sendings, one row
-- params:  @key, @contact, @household, @municipality, @kind, @stage, @channel, @variant, @reserved_at
insert into sendings (
    key,
    contact,
    household,
    municipality,
    kind,
    stage,
    channel,
    variant,
    reserved_at,
    state
)
values (
    @key,
    @contact,
    @household,
    @municipality,
    @kind,
    @stage,
    @channel,
    @variant,
    @reserved_at,
    'reserved'
)
