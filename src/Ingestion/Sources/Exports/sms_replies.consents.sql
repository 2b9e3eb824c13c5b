-- source: sms_replies.consents
-- meaning: who replies stopp (stop) withdraws from marketing
-- yields: consents
-- grain: one such reply
select
  contact_id as contact,
  mottaget as at,
  'marketing' as purpose,
  false as granted,
  'SMS stopp' as provenance
from raw
where lower(klass) in ('stopp', 'stop')
