-- meaning: of those who are to leave, who still stands on a list or has something planned that is to lapse
-- grain:   one contact
-- reads:   staged_leaving, list_places, follow_ups
-- params:  @kind (call)
select
    staged_leaving.contact,
    staged_leaving.calls_only
from staged_leaving
inner join list_places on list_places.contact = staged_leaving.contact
where list_places.has_left = 0
union
select
    staged_leaving.contact,
    staged_leaving.calls_only
from staged_leaving
inner join follow_ups on follow_ups.contact = staged_leaving.contact
where
    follow_ups.state = 'planned'
    and (staged_leaving.calls_only = 0 or follow_ups.kind = @kind)
order by contact
