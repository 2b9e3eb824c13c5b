-- source: meta_leads
-- meaning: leads of Meta's lead ads as they are really exported: ids l:, phones p:, mixed offsets, test leads
-- yields: traces
-- grain: one lead
-- note: answers to a form's own questions come in columns of any name; to use them, copy this source and declare them
-- columns:
--   id             text required
--   created_time   timestamp required
--   ad_id          text optional
--   ad_name        text optional
--   adset_id       text optional
--   adset_name     text optional
--   campaign_id    text optional
--   campaign_name  text optional
--   form_id        text
--   form_name      text optional
--   is_organic     boolean optional
--   platform       text optional
--   full_name      text optional
--   phone_number   text optional
--   email          text optional
--   inbox_url      text optional
--   lead_status    text optional
-- identity: id
-- reject: test lead when contains(lower(concat(id, full_name, email, phone_number)), '<test lead')
-- reject: neither e-mail nor phone when email is null and phone_number is null
select
  regexp_replace(id, '^l:', '') as trace_id,
  email as email,
  phone_number as phone,
  created_time as at,
  'form_submit' as kind,
  if(is_organic, 'social', 'ads') as channel
from raw
