-- source: amplitude_events
-- meaning: events of a website or app in Amplitude
-- yields: traces
-- grain: one event
-- note: a user's id is the contact, unless it is an e-mail address; without one the device is the visitor
-- columns:
--   uuid        text required
--   event_time  timestamp required
--   event_type  text required
--   user_id     text
--   device_id   text
--   platform    text optional
--   ip_address  text optional
-- identity: uuid
select
  uuid as trace_id,
  if(contains(user_id, '@'), null, user_id) as contact,
  if(contains(user_id, '@'), user_id, null) as email,
  if(user_id is null, device_id, null) as visitor,
  event_time as at,
  event_type as kind,
  if(lower(platform) in ('ios', 'android'), 'app', 'web') as channel,
  is_machine_address(ip_address) as automated
from raw
