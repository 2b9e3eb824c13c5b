-- meaning: a contact's place on a municipality's list of a week; the day it entered is kept
-- writes:  list_places, at most one row
-- params:  @iso_week, @municipality, @contact, @rank, @entered_on
insert into list_places (
    iso_week,
    municipality,
    contact,
    rank,
    entered_on
)
values (
    @iso_week,
    @municipality,
    @contact,
    @rank,
    @entered_on
)
on conflict (iso_week, municipality, contact) do update set
    rank = excluded.rank
where list_places.rank <> excluded.rank
