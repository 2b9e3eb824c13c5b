-- source: ga4_bigquery.links
-- meaning: an event of a signed-in visitor ties the cookie to the contact
-- yields: links
-- grain: one event with a contact
select
  user_pseudo_id as visitor,
  user_id as contact,
  event_timestamp as at
from raw
where user_id is not null and user_pseudo_id is not null
