-- source: hubspot_email_events
-- meaning: what became of e-mails that HubSpot sent: email_event
-- yields: traces
-- grain: one event of one recipient
-- note: what HubSpot itself filters (bots, link scanners), and what the mail servers do, is nobody's engagement: automated
-- note: user_agent and ip_address are those of the opens and clicks, where they are joined to the events
-- columns:
--   id                 text required
--   created            timestamp required
--   type               text required
--   recipient          text required
--   filtered_event     boolean optional
--   email_campaign_id  text optional
--   obsoleted_by_id    text optional
--   sent_by_created    timestamp optional
--   user_agent         text optional
--   ip_address         text optional
-- identity: id
-- reject: unknown type when lower(type) not in ('sent', 'processed', 'delivered', 'deferred', 'dropped', 'bounce', 'open', 'click', 'forward', 'print', 'spamreport', 'statuschange')
-- reject: obsoleted by another event when obsoleted_by_id is not null
select
  id as trace_id,
  recipient as email,
  created as at,
  case lower(type)
    when 'spamreport' then 'email_spam_report'
    when 'statuschange' then 'email_status_change'
    else 'email_' || lower(type)
  end as kind,
  'email' as channel,
  coalesce(filtered_event, false)
  or is_machine(user_agent)
  or is_machine_address(ip_address)
  or (lower(type) = 'click' and is_machine_click(sent_by_created, created))
  or lower(type) in ('sent', 'processed', 'delivered', 'deferred', 'dropped', 'bounce') as automated
from raw
