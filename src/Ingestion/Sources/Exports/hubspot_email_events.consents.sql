-- source: hubspot_email_events.consents
-- meaning: who reports a message as spam withdraws from marketing
-- yields: consents
-- grain: one report
select
  recipient as email,
  created as at,
  'marketing' as purpose,
  false as granted,
  'HubSpot spam report' as provenance
from raw
where lower(type) = 'spamreport'
