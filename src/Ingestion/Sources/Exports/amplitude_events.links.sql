-- source: amplitude_events.links
-- meaning: an event of a known user ties the device to the contact
-- yields: links
-- grain: one event with a contact and a device
select
  device_id as visitor,
  user_id as contact,
  event_time as at
from raw
where not contains(user_id, '@') and device_id is not null
