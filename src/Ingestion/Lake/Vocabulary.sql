-- meaning: what the bodies of sources may call beside DuckDB's own functions
-- params: table municipalities(code, name) is filled before; MachineRules sets machine_agents, machine_addresses, machine_click_window

-- The official code of a municipality written by name or by code; NULL when it is none.
create macro municipality_code(place) as (
  select any_value(code)
  from municipalities
  where lower(nfc_normalize(trim(place))) = lower(name) or trim(place) = code::varchar
);

-- Whether a user agent is a mail proxy, a link scanner or a robot.
create macro is_machine(user_agent) as coalesce(regexp_matches(user_agent, getvariable('machine_agents')), false);

-- An IPv4 address as the last two groups of an IPv6 one; NULL for what is none.
create macro last_groups(dotted) as printf(
  '%02x%02x:%02x%02x',
  try_cast(split_part(dotted, '.', 1) as utinyint),
  try_cast(split_part(dotted, '.', 2) as utinyint),
  try_cast(split_part(dotted, '.', 3) as utinyint),
  try_cast(split_part(dotted, '.', 4) as utinyint)
);

-- An IPv6 address with all its eight groups: zeros stand for '::', as many as there is room for.
create macro all_groups(colons) as trim(
  replace(
    colons,
    '::',
    repeat(':0', greatest(8 - len(list_filter(string_split(colons, ':'), lambda one: one <> '')), 0)) || ':'
  ),
  ':'
);

-- Eight groups as 32 hexadecimal digits; NULL for anything else.
create macro group_digits(groups) as if(
  regexp_full_match(groups, '[0-9a-f]{1,4}(:[0-9a-f]{1,4}){7}'),
  array_to_string(list_transform(string_split(groups, ':'), lambda one: lpad(one, 4, '0')), ''),
  null
);

-- An address as 32 hexadecimal digits, IPv4 as the IPv6 address that stands for it; NULL for what is none.
create macro address_digits(ip) as case
  when regexp_full_match(ip, '\d{1,3}(\.\d{1,3}){3}') then '00000000000000000000ffff' || replace(last_groups(ip), ':', '')
  when regexp_full_match(ip, '[0-9a-fA-F:]*:(\d{1,3}(\.\d{1,3}){3})')
    then group_digits(
      all_groups(lower(regexp_replace(ip, '[^:]*$', '')) || last_groups(regexp_extract(ip, '[^:]*$')))
    )
  when contains(ip, ':') then group_digits(all_groups(lower(ip)))
end;

-- Whether an address (IPv4 or IPv6) lies in a network of mail proxies or link scanners; an address with more to it is none.
create macro is_machine_address(ip) as coalesce(
  regexp_matches(address_digits(ip), getvariable('machine_addresses')),
  false
);

-- Whether a click came so soon after its message was sent that nobody can have read it.
create macro is_machine_click(sent_at, clicked_at) as coalesce(
  getvariable('machine_click_window') > 0
  and clicked_at >= sent_at
  and epoch_us(clicked_at) - epoch_us(sent_at) <= getvariable('machine_click_window'),
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
