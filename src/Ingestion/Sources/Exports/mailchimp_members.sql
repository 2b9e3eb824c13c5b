-- source: mailchimp_members
-- meaning: the members of Mailchimp audiences; every export brings the versions that changed
-- yields: contacts
-- grain: one version of one member of one audience
-- columns:
--   id                text required
--   list_id           text required
--   email_address     text
--   status            text
--   last_changed      timestamp required
--   timestamp_signup  timestamp
--   timestamp_opt     timestamp
--   country_code      text optional
--   language          text optional
-- identity: id, list_id, last_changed
select
  id as contact,
  last_changed as at,
  email_address as email,
  coalesce(timestamp_signup, timestamp_opt, last_changed) as linked_at,
  country_code as country,
  language as language
from raw
