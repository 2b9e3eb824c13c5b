-- source: mailchimp_activity.consents
-- meaning: who unsubscribes withdraws from marketing
-- yields: consents
-- grain: one unsubscribing
select
  member_id as contact,
  timestamp as at,
  'marketing' as purpose,
  false as granted,
  'Mailchimp unsubscribe' as provenance
from raw
where lower(action) in ('unsub', 'unsubscribe')
