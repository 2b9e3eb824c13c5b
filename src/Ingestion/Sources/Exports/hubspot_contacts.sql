-- source: hubspot_contacts
-- meaning: contacts of HubSpot as a connector exports them; every export brings the versions that changed
-- yields: contacts
-- grain: one version of one contact
-- note: an address is known since the contact was created
-- columns:
--   id                         text required
--   _fivetran_synced           timestamp required
--   _fivetran_deleted          boolean optional
--   property_email             text
--   property_createdate        timestamp required
--   property_lastmodifieddate  timestamp optional
--   property_phone             text optional
--   property_country           text optional
--   property_hs_language       text optional
--   property_address           text optional
--   property_zip               text optional
--   property_city              text optional
--   property_hs_merged_object_ids  text optional
-- identity: id, _fivetran_synced
-- reject: deleted in HubSpot when _fivetran_deleted
select
  id as contact,
  coalesce(property_lastmodifieddate, _fivetran_synced) as at,
  property_email as email,
  property_phone as phone,
  property_createdate as linked_at,
  property_country as country,
  property_hs_language as language,
  postal_address(property_address, property_zip, property_city) as address
from raw
