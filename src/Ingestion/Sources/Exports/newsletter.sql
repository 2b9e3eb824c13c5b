-- source: newsletter
-- meaning: activity of newsletter recipients, Mailchimp-like export
-- yields: traces
-- grain: one action of one recipient
-- note: what is sent or bounces, and what a mail proxy or link scanner opens, is nobody's engagement: automated
-- columns:
--   email_address  text required
--   email_id       text required
--   campaign_id    text
--   topic          text
--   action         text required
--   timestamp      timestamp required
--   url            text optional
--   user_agent     text optional
--   municipality   integer optional
-- identity: email_address, email_id, action, timestamp
-- reject: unknown action when lower(action) not in ('sent', 'open', 'click', 'bounce', 'unsubscribe')
select
  email_address as email,
  timestamp as at,
  'email_' || lower(action) as kind,
  'email' as channel,
  topic as theme,
  municipality as municipality,
  lower(action) in ('sent', 'bounce') or is_machine(user_agent) as automated
from raw
