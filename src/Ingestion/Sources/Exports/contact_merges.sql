-- source: contact_merges
-- meaning: which two ids of contacts are one person, and which are not though it looked so
-- yields: merges
-- grain: one statement about two ids; the latest about the two holds
-- note: duplicate_id is counted for contact_id from then on; merged false undoes that, and keeps apart who share an address
-- columns:
--   contact_id    text required
--   duplicate_id  text required
--   decided_at    timestamp required
--   merged        boolean
-- reject: one id twice when trim(contact_id) = trim(duplicate_id)
select
  duplicate_id as contact,
  contact_id as same_as,
  decided_at as at,
  merged as merged
from raw
