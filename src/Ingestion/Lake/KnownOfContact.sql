-- meaning: all that the lake holds of a contact, under whichever of its ids it came
-- grain: one row of one table, as a JSON object
-- reads: identities, traces, contacts, consents, outcomes, links, merges (views of the whole lake); words of the dictionary as lists
-- params: $contact, $kinds, $channels, $themes, $sources (words, one a line, in the order of their codes)
with canonical as (
  select coalesce((select canonical from identities where contact = $contact), $contact) as id
),
ids as (
  select id from canonical
  union
  select contact as id from identities where canonical = (select id from canonical)
)
select
  'traces' as part,
  "at",
  to_json({
    'at': "at",
    'knownAt': known_at,
    'kind': string_split($kinds, chr(10))[kind + 1],
    'channel': string_split($channels, chr(10))[channel + 1],
    'theme': string_split($themes, chr(10))[theme + 1],
    'municipality': municipality,
    'value': value,
    'automated': automated,
    'source': string_split($sources, chr(10))[source + 1],
    'traceId': trace_id,
    'cameBy': origin
  })::varchar as content
from traces
where contact = (select id from canonical)
union all
select 'register', "at", to_json({
    'at': "at",
    'knownAt': known_at,
    'country': country,
    'language': language,
    'household': household,
    'householdSize': household_size,
    'birthYear': birth_year,
    'cameBy': origin
  })::varchar
from contacts
where contact = (select id from canonical)
union all
select 'consents', "at", to_json({
    'at': "at",
    'purpose': purpose,
    'granted': granted,
    'provenance': provenance,
    'cameBy': origin
  })::varchar
from consents
where contact = (select id from canonical)
union all
select 'outcomes', "at", to_json({
    'at': "at",
    'knownAt': known_at,
    'kind': kind,
    'municipality': municipality,
    'cameBy': origin
  })::varchar
from outcomes
where contact = (select id from canonical)
union all
select 'ties', "at", to_json({'subject': subject, 'contact': contact, 'at': "at"})::varchar
from links
semi join ids on ids.id = links.contact
union all
select 'ids', known_at, to_json({'id': contact, 'countsFor': canonical, 'knownAt': known_at})::varchar
from identities
where canonical = (select id from canonical)
order by part, "at", content
