-- source: mailchimp_activity
-- meaning: what recipients of Mailchimp campaigns and automations did: campaign_recipient_activity, automation_recipient_activity
-- yields: traces
-- grain: one action of one recipient
-- note: a member's id is the contact; mailchimp_members ties it to an e-mail address; what the address of a machine does is automated
-- columns:
--   action               text required
--   member_id            text required
--   timestamp            timestamp required
--   campaign_id          text optional
--   automation_email_id  text optional
--   url                  text optional
--   bounce_type          text optional
--   ip                   text optional
--   list_id              text optional
--   combination_id       text optional
-- identity: member_id, action, timestamp, campaign_id, automation_email_id, url
-- reject: unknown action when lower(action) not in ('open', 'click', 'bounce', 'sent', 'unsub', 'unsubscribe', 'ecomm')
select
  member_id as contact,
  timestamp as at,
  case lower(action)
    when 'unsub' then 'email_unsubscribe'
    else 'email_' || lower(action)
  end as kind,
  'email' as channel,
  lower(action) in ('sent', 'bounce') or is_machine_address(ip) as automated
from raw
