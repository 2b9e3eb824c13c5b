-- source: sms_replies
-- meaning: replies to text messages, classified: ja or yes 1, kanske or maybe 0.5, inte nu or not now 0.25, nej, no and stopp 0
-- yields: traces
-- grain: one reply
-- columns:
--   reply_id    text required
--   mottaget    timestamp required format '%Y-%m-%d %H:%M' zone Europe/Stockholm
--   contact_id  text required
--   campaign    text
--   klass       text required
-- identity: reply_id
-- reject: unknown class when lower(klass) not in ('ja', 'yes', 'kanske', 'maybe', 'inte nu', 'not now', 'nej', 'no', 'stopp', 'stop')
select
  reply_id as trace_id,
  contact_id as contact,
  mottaget as at,
  'sms_reply' as kind,
  'sms' as channel,
  case
    when lower(klass) in ('ja', 'yes') then 1
    when lower(klass) in ('kanske', 'maybe') then 0.5
    when lower(klass) in ('inte nu', 'not now') then 0.25
    else 0
  end as value
from raw
