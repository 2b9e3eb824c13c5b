-- meaning: a contact for whom a place was at stake; only the first time counts
-- writes:  drawn_contacts, at most one row
-- params:  @contact, @municipality, @stage, @part, @drawn_on, @likelihood
insert into drawn_contacts (
    contact,
    municipality,
    stage,
    part,
    drawn_on,
    likelihood
)
values (
    @contact,
    @municipality,
    @stage,
    @part,
    @drawn_on,
    @likelihood
)
on conflict (contact) do nothing
