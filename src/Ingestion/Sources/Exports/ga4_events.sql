-- source: ga4_events
-- meaning: events of a website in Google Analytics 4, flattened by a connector: one column a parameter
-- yields: traces
-- grain: one event
-- note: the medium of the event comes before that of the visitor's first visit
-- columns:
--   _fivetran_id                            text required
--   timestamp                               timestamp required
--   name                                    text required
--   user_pseudo_id                          text
--   user_id                                 text optional
--   traffic_source_medium                   text optional
--   collected_traffic_source_manual_medium  text optional
--   param_medium                            text optional
--   param_content_group                     text optional
--   param_engagement_time_msec              number optional
-- identity: _fivetran_id
select
  _fivetran_id as trace_id,
  user_id as contact,
  user_pseudo_id as visitor,
  timestamp as at,
  name as kind,
  web_channel(coalesce(collected_traffic_source_manual_medium, param_medium, traffic_source_medium)) as channel,
  param_content_group as theme,
  param_engagement_time_msec / 1000 as value
from raw
