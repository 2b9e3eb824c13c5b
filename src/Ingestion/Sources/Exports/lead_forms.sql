-- source: lead_forms
-- meaning: forms filled in behind advertisements, Meta-like lead export
-- yields: traces
-- grain: one form
-- columns:
--   id              text required
--   created_time    timestamp required
--   ad_id           text optional
--   ad_name         text optional
--   adset_id        text optional
--   adset_name      text optional
--   campaign_id     text optional
--   campaign_name   text optional
--   form_id         text optional
--   form_name       text optional
--   is_organic      boolean optional
--   platform        text optional
--   full_name       text optional
--   phone_number    text optional
--   email           text optional
--   inbox_url       text optional
--   lead_status     text optional
--   what_draws_you  text optional
--   municipality    text optional
-- identity: id
-- reject: test lead when contains(lower(concat(id, full_name, email, phone_number)), '<test lead')
-- reject: neither e-mail nor phone when email is null and phone_number is null
-- reject: unknown municipality when municipality is not null and municipality_code(municipality) is null
select
  id as trace_id,
  email as email,
  phone_number as phone,
  created_time as at,
  'form_submit' as kind,
  'ads' as channel,
  what_draws_you as theme,
  municipality_code(municipality) as municipality
from raw
