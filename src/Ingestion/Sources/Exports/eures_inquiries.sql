-- source: eures_inquiries
-- meaning: questions that reach the EURES advisers
-- yields: traces
-- grain: one inquiry
-- columns:
--   inquiry_id         text required
--   received_at        timestamp required
--   contact_id         text required
--   country            text
--   language           text
--   municipality_code  integer
--   household_size     integer
-- identity: inquiry_id
select
  inquiry_id as trace_id,
  contact_id as contact,
  received_at as at,
  'inquiry' as kind,
  'eures' as channel,
  'jobs' as theme,
  municipality_code as municipality
from raw
