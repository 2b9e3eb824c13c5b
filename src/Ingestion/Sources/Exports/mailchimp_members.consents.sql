-- source: mailchimp_members.consents
-- meaning: who left an audience has withdrawn from marketing; being in one is no consent
-- yields: consents
-- grain: one version of one member who left
select
  id as contact,
  last_changed as at,
  'marketing' as purpose,
  false as granted,
  'Mailchimp status ' || lower(status) as provenance
from raw
where lower(status) in ('unsubscribed', 'cleaned', 'archived')
