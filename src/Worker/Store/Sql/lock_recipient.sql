-- meaning: where a contact stands; the transaction that asks is the only writer
-- grain:   at most one row
-- reads:   positions
-- params:  @contact
select stage
from positions
where contact = @contact
