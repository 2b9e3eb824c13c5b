-- source: newsletter.consents
-- meaning: who unsubscribes withdraws from marketing
-- yields: consents
-- grain: one unsubscribing
select
  email_address as email,
  timestamp as at,
  'marketing' as purpose,
  false as granted,
  'newsletter unsubscribe' as provenance
from raw
where lower(action) = 'unsubscribe'
