-- source: mailchimp_unsubscribes
-- meaning: members who left an audience because of a Mailchimp campaign
-- yields: traces
-- grain: one unsubscribing
-- columns:
--   campaign_id  text required
--   member_id    text required
--   timestamp    timestamp required
--   list_id      text optional
--   reason       text optional
-- identity: campaign_id, member_id, timestamp
select
  member_id as contact,
  timestamp as at,
  'email_unsubscribe' as kind,
  'email' as channel
from raw
