-- meaning: the e-mail addresses of the new rows, with the language in which to write there
-- grain: one address
-- reads: given_addresses
with tongues (word, language) as (
  values
    ('swedish', 'sv'),
    ('svenska', 'sv'),
    ('se', 'sv'),
    ('swe', 'sv'),
    ('sweden', 'sv'),
    ('sverige', 'sv'),
    ('ax', 'sv'),
    ('german', 'de'),
    ('deutsch', 'de'),
    ('de', 'de'),
    ('deu', 'de'),
    ('germany', 'de'),
    ('deutschland', 'de'),
    ('at', 'de'),
    ('aut', 'de'),
    ('austria', 'de'),
    ('ch', 'de'),
    ('che', 'de'),
    ('switzerland', 'de'),
    ('dutch', 'nl'),
    ('nederlands', 'nl'),
    ('nl', 'nl'),
    ('nld', 'nl'),
    ('netherlands', 'nl'),
    ('the netherlands', 'nl'),
    ('nederland', 'nl'),
    ('be', 'nl'),
    ('bel', 'nl'),
    ('belgium', 'nl'),
    ('finnish', 'fi'),
    ('suomi', 'fi'),
    ('fi', 'fi'),
    ('fin', 'fi'),
    ('finland', 'fi'),
    ('english', 'en'),
    ('gb', 'en'),
    ('gbr', 'en'),
    ('uk', 'en'),
    ('united kingdom', 'en'),
    ('ie', 'en'),
    ('irl', 'en'),
    ('ireland', 'en'),
    ('us', 'en'),
    ('usa', 'en'),
    ('united states', 'en')
),

-- What can be written to; anything else would only come back, or do harm in a header.
usable as (
  select
    subject,
    address,
    "at",
    country,
    coalesce(
      nullif(regexp_extract(given_addresses.language, '^([a-z][a-z])([-_].*)?$', 1), ''),
      spoken.language
    ) as language
  from given_addresses
  left join tongues as spoken on spoken.word = given_addresses.language
  where length(address) <= 254
    and regexp_full_match(address, '[^\s\p{C}@<>,;:"()\[\]\\]+@[^\s\p{C}@<>,;:"()\[\]\\]+')
),

addresses as (
  select
    subject,
    min(address) as address,
    max("at") as "at",
    arg_max(language, {'at': "at", 'word': language}) as language,
    arg_max(country, {'at': "at", 'word': country}) as country
  from usable
  group by subject
)

select
  subject,
  address,
  coalesce(addresses.language, tongues.language) as language,
  "at"
from addresses
left join tongues on tongues.word = lower(addresses.country)
order by subject
