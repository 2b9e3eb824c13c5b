-- meaning: what the bodies of sources may call beside DuckDB's own functions
-- params: table municipalities(code, name) is filled before

-- The official code of a municipality written by name or by code; NULL when it is none.
create macro municipality_code(place) as (
  select any_value(code)
  from municipalities
  where lower(nfc_normalize(trim(place))) = lower(name) or trim(place) = code::varchar
);

-- Whether a user agent is a mail proxy, a link scanner or a robot.
create macro is_machine(user_agent) as coalesce(
  regexp_matches(
    lower(user_agent),
    'bot\b|crawler|spider|scanner|imageproxy|image proxy|googleimageproxy|ggpht|mailprivacy|proofpoint|mimecast|barracuda|safelinks|urldefense|linkcheck|link check|preview|headless|python-|curl/|wget|^mozilla/5\.0$'
  ),
  false
);

-- The channel of a visit by its medium as web analytics names them.
create macro web_channel(medium) as case
  when regexp_matches(lower(medium), '^(cpc|ppc|cpm|display|banner)|paid') then 'ads'
  when contains(lower(medium), 'social') then 'social'
  when contains(lower(medium), 'mail') then 'email'
  else 'web'
end;

-- A parameter of an event in GA4's nested form, [{"key": …, "value": {"string_value": …}}, …], as text; NULL for none.
create macro event_param(params, name) as list_extract(
  list_transform(
    list_filter(
      from_json(
        try_cast(params as json),
        '[{"key":"varchar","value":{"string_value":"varchar","int_value":"varchar","double_value":"varchar","float_value":"varchar"}}]'
      ),
      lambda one: one.key = name
    ),
    lambda one: coalesce(
      one.value.string_value,
      one.value.int_value,
      one.value.double_value,
      one.value.float_value
    )
  ),
  1
);

-- A word as kinds, channels and themes are written: small letters, digits and underscores; '' for none.
create macro word(text) as case
  when text is null or text = '' then ''
  when regexp_full_match(text, '[a-z0-9]+(_[a-z0-9]+)*') then text
  else trim(regexp_replace(lower(text), '[^\p{L}\p{N}]+', '_', 'g'), '_')
end;

-- The bucket of a contact or subject: first eight bytes of its SHA-256, big-endian, modulo the number of buckets.
create macro bucket_of(key, buckets) as (('0x' || left(sha256(key), 16))::ubigint % buckets)::utinyint;

-- Subjects by address: only the salted hash of an e-mail or phone number ever leaves the raw rows.
create macro email_subject(address) as
  'e:' || sha256(getvariable('salt') || nullif(lower(trim(address)), ''));

create macro phone_subject(number) as
  'p:' || sha256(
    getvariable('salt') || nullif(regexp_replace(regexp_replace(number, '[^0-9+]', '', 'g'), '^00', '+'), '')
  );

-- A postal address in one text; NULL without a street, or without a place: a street alone is in many towns.
create macro postal_address(street, code, town) as if(
  nullif(trim(street), '') is null or coalesce(nullif(trim(code), ''), nullif(trim(town), '')) is null,
  null,
  concat_ws(' ', street, code, town)
);

-- Who lives at one address is one household; only the salted hash of the address ever leaves the raw rows. NULL for an
-- address without a number, which may be a whole street.
create macro household_key(address) as if(
  regexp_matches(address, '\p{L}') and regexp_matches(address, '\p{N}'),
  'h:' || sha256(
    getvariable('salt') || 'address ' || trim(regexp_replace(lower(nfc_normalize(address)), '[^\p{L}\p{N}]+', '', 'g'))
  ),
  null
);

-- What is kept of an erased contact or subject.
create macro erased_key(key) as sha256(getvariable('salt') || 'erased ' || key);

-- NULL for text that is empty, or the mark that stands for erased contacts ('!'), which nobody can have as an id.
-- Trimming copies every text; most have nothing to trim.
create macro filled(text) as case
  when
    strlen(text::varchar) = length(text::varchar)
    and not starts_with(text::varchar, ' ')
    and not ends_with(text::varchar, ' ')
    then nullif(nullif(text::varchar, ''), '!')
  else nullif(nullif(trim(text::varchar), ''), '!')
end;
