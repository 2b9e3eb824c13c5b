-- source: ga4_bigquery
-- meaning: events of a website in Google Analytics 4, as its BigQuery export gives them: NDJSON with nested parameters
-- yields: traces
-- grain: one event
-- note: the export has no id of an event; time, name, visitor, parameters and its place in the batch together are one
-- columns:
--   event_timestamp           timestamp epoch_us required
--   event_name                text required
--   user_pseudo_id            text
--   user_id                   text optional
--   event_params              text
--   batch_page_id             integer optional
--   batch_ordering_id         integer optional
--   batch_event_index         integer optional
--   traffic_source            text optional
--   collected_traffic_source  text optional
-- identity: event_timestamp, event_name, user_pseudo_id, event_params, batch_page_id, batch_ordering_id, batch_event_index
select
  user_id as contact,
  user_pseudo_id as visitor,
  event_timestamp as at,
  event_name as kind,
  web_channel(
    coalesce(
      json_extract_string(try_cast(collected_traffic_source as json), '$.manual_medium'),
      event_param(event_params, 'medium'),
      json_extract_string(try_cast(traffic_source as json), '$.medium')
    )
  ) as channel,
  event_param(event_params, 'content_group') as theme,
  try_cast(event_param(event_params, 'engagement_time_msec') as double) / 1000 as value
from raw
