-- source: fair_talks
-- meaning: talks at fairs, noted in a Swedish spreadsheet
-- yields: traces
-- grain: one talk
-- columns:
--   samtal_id             text required
--   datum                 timestamp required format '%d/%m/%Y' zone Europe/Stockholm
--   mässa                 text
--   land                  text
--   kontakt_id            text required
--   intresse              text
--   kommun                text
--   kan_tänka_sig_flytta  text
--   minuter               number decimal ','
-- identity: samtal_id
-- reject: unknown municipality when kommun is not null and municipality_code(kommun) is null
-- reject: unknown answer when lower(kan_tänka_sig_flytta) not in ('ja', 'kanske', 'nej')
select
  samtal_id as trace_id,
  kontakt_id as contact,
  datum as at,
  'fair_talk' as kind,
  'fair' as channel,
  intresse as theme,
  municipality_code(kommun) as municipality,
  minuter as value
from raw
