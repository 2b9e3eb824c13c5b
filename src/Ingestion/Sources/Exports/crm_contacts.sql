-- source: crm_contacts
-- meaning: the register of contacts, HubSpot-like export; every export brings the versions that changed
-- yields: contacts
-- grain: one version of one contact
-- note: an address is known since the contact was created, whenever its record was edited last
-- columns:
--   "Record ID"           text required
--   "Create Date"         timestamp required format '%Y-%m-%d %H:%M' zone Europe/Stockholm
--   "Last Modified Date"  timestamp required format '%Y-%m-%d %H:%M' zone Europe/Stockholm
--   "Email"               text
--   "Country/Region"      text
--   "Preferred language"  text
--   "Household ID"        text
--   "Household size"      integer
--   "Birth year"          integer
--   "Lead source"         text optional
--   "Street address"      text optional
--   "Postal code"         text optional
--   "City"                text optional
-- identity: "Record ID", "Last Modified Date"
-- reject: impossible birth year when "Birth year" not between 1890 and 2100
select
  "Record ID" as contact,
  "Last Modified Date" as at,
  "Email" as email,
  "Create Date" as linked_at,
  "Country/Region" as country,
  "Preferred language" as language,
  "Household ID" as household,
  "Household size" as household_size,
  "Birth year" as birth_year,
  postal_address("Street address", "Postal code", "City") as address
from raw
