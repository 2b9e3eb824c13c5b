-- source: consents
-- meaning: consents given and withdrawn, and objections, each for one purpose
-- yields: consents
-- grain: one statement of one contact
-- columns:
--   consent_id  text required
--   contact_id  text required
--   purpose     text required
--   granted     boolean required
--   at          timestamp required
--   provenance  text
-- identity: consent_id
select
  contact_id as contact,
  "at" as "at",
  purpose as purpose,
  granted as granted,
  provenance as provenance
from raw
