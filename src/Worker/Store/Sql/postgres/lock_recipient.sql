-- meaning: where a contact stands; nobody else decides on a message to it until the end of the transaction
-- grain:   at most one row
-- reads:   positions
-- params:  @contact
select stage
from positions
where contact = @contact
for no key update
