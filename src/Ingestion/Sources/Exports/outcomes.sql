-- source: outcomes
-- meaning: what came of a contact, as municipalities report it
-- yields: outcomes
-- grain: one report
-- columns:
--   outcome_id         text required
--   contact_id         text required
--   kind               text required
--   occurred_on        timestamp required format '%Y-%m-%d' zone Europe/Stockholm
--   reported_on        timestamp required format '%Y-%m-%d' zone Europe/Stockholm
--   municipality_code  integer
-- identity: outcome_id
select
  contact_id as contact,
  occurred_on as at,
  reported_on as known_at,
  kind as kind,
  municipality_code as municipality
from raw
