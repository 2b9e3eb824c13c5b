-- source: sms_replies
-- meaning: replies to text messages, classified: ja 1, kanske 0.5, nej and stopp 0
-- yields: traces
-- grain: one reply
-- columns:
--   reply_id    text required
--   mottaget    timestamp required format '%Y-%m-%d %H:%M' zone Europe/Stockholm
--   contact_id  text required
--   campaign    text
--   klass       text required
-- identity: reply_id
-- reject: unknown class when lower(klass) not in ('ja', 'kanske', 'nej', 'stopp')
select
  reply_id as trace_id,
  contact_id as contact,
  mottaget as at,
  'sms_reply' as kind,
  'sms' as channel,
  case lower(klass) when 'ja' then 1 when 'kanske' then 0.5 else 0 end as value
from raw
