-- source: web_analytics
-- meaning: events of the website, GA4-like export
-- yields: traces
-- grain: one event
-- columns:
--   event_id              text required
--   event_timestamp       timestamp epoch_us required
--   event_name            text required
--   user_pseudo_id        text required
--   user_id               text
--   page_path             text optional
--   content_group         text
--   municipality          integer
--   traffic_medium        text
--   device_category       text optional
--   engagement_time_msec  number optional
-- identity: event_id
select
  event_id as trace_id,
  user_id as contact,
  user_pseudo_id as visitor,
  event_timestamp as at,
  event_name as kind,
  case lower(traffic_medium)
    when 'cpc' then 'ads'
    when 'social' then 'social'
    when 'email' then 'email'
    else 'web'
  end as channel,
  content_group as theme,
  municipality as municipality,
  engagement_time_msec / 1000 as value
from raw
