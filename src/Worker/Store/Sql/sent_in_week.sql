-- meaning: how many messages of a kind a municipality has sent in a week
-- grain:   one row
-- reads:   sendings
-- params:  @municipality, @kind, @from (UTC), @until (UTC, exclusive)
select count(*) as sent
from sendings
where municipality = @municipality and kind = @kind and reserved_at >= @from and reserved_at < @until
