-- meaning: types what the statement of a source gives as traces, its words as the numbers of their spellings
-- grain: one trace
-- reads: given, spellings; variable source_number

-- statement: spellings
insert into spellings
with given_words as (
  select kind::varchar as written from given
  union
  select channel::varchar from given
  union
  select theme::varchar from given
),
new_words as (
  select distinct coalesce(written, '') as written
  from given_words
  where coalesce(written, '') not in (select written from spellings)
)
select
  written,
  word(written) as word,
  ((select count(*) from spellings) + row_number() over (order by written))::integer as code
from new_words;

-- statement: type
create or replace table typed as
with texts as (
  select
    _row,
    contact::varchar as contact,
    visitor::varchar as visitor,
    email::varchar as email,
    phone::varchar as phone,
    try_cast("at" as timestamp) as "at",
    try_cast(known_at as timestamp) as known_at,
    coalesce(kind::varchar, '') as kind,
    coalesce(channel::varchar, '') as channel,
    coalesce(theme::varchar, '') as theme,
    municipality,
    value,
    automated,
    trace_id::varchar as trace_id
  from given
),
traces as (
  select
    * exclude (visitor, email, phone) replace (filled(contact) as contact),
    case
      when filled(contact) is null
        then coalesce('v:' || filled(visitor), email_subject(email), phone_subject(phone))
    end as subject,
    coalesce(try_cast(municipality as integer), 0) as place,
    try_cast(value as float) as number
  from texts
)
select
  _row,
  traces.contact,
  traces.subject,
  "at",
  greatest("at", known_at) as known_at,
  kinds.code as kind,
  channels.code as channel,
  themes.code as theme,
  if(place between 0 and 9999, place, 0)::usmallint as municipality,
  number as value,
  coalesce(try_cast(automated as boolean), false) as automated,
  getvariable('source_number')::usmallint as source,
  filled(trace_id) as trace_id,
  case
    when "at" is null then 'no time (at), expected one'
    when "at" < timestamp '1900-01-01' or "at" >= timestamp '2200-01-01' then 'a time (at) that cannot be, expected 1900 to 2199'
    when kinds.word = '' then 'no kind, expected one'
    when contact is null and subject is null then 'no contact, visitor, e-mail or phone, expected one of them'
    when place not between 0 and 9999 or (municipality is not null and try_cast(municipality as integer) is null)
      then 'municipality: expected a code of four digits'
    when not coalesce(isfinite(number), value is null) then 'value: expected a number'
  end as reason
from traces
left join spellings as kinds on kinds.written = traces.kind
left join spellings as channels on channels.written = traces.channel
left join spellings as themes on themes.written = traces.theme;

-- statement: keep
insert into few_traces
select * exclude (_row, reason)
from typed
anti join dropped using (_row)
where reason is null;
