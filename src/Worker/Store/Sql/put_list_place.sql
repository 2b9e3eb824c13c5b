-- meaning: a contact's place on a municipality's list of a week; the day it entered is kept, one who had left is back
-- writes:  list_places, at most one row
-- params:  @iso_week, @municipality, @contact, @rank, @entered_on, @household, @part
insert into list_places (
    iso_week,
    municipality,
    contact,
    rank,
    entered_on,
    household,
    has_left,
    part
)
values (
    @iso_week,
    @municipality,
    @contact,
    @rank,
    @entered_on,
    @household,
    0,
    @part
)
on conflict (iso_week, municipality, contact) do update set
    rank = excluded.rank,
    household = excluded.household,
    has_left = excluded.has_left
where
    list_places.rank <> excluded.rank
    or list_places.household is distinct from excluded.household
    or list_places.has_left <> excluded.has_left
