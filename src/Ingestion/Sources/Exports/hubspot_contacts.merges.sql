-- source: hubspot_contacts.merges
-- meaning: ids that HubSpot has merged into a contact count for it from that version on
-- yields: merges
-- grain: one id that was merged into one version of a contact
select
  unnest(string_split(property_hs_merged_object_ids, ';')) as contact,
  id as same_as,
  coalesce(property_lastmodifieddate, _fivetran_synced) as at
from raw
where property_hs_merged_object_ids is not null
