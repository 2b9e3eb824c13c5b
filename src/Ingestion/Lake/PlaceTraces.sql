-- meaning: puts the traces of one table to their homes, codes for their words
-- grain: one trace
-- reads: $rows (staged traces), moved, pulled_traces; codes, source_codes, homes
-- params: variable generation

-- statement: create
create table placed_traces (
  home integer,
  "at" timestamp,
  known_at timestamp,
  kind usmallint,
  channel usmallint,
  theme usmallint,
  municipality usmallint,
  value float,
  automated boolean,
  source usmallint,
  trace_id varchar,
  generation integer
);

-- statement: code
create or replace temp view coded_traces as
select
  new.contact,
  new.subject,
  new."at",
  new.known_at,
  kinds.kind,
  channels.channel,
  themes.theme,
  new.municipality,
  new.value,
  new.automated,
  source_codes.code as source,
  new.trace_id,
  null::varchar as was_contact,
  null::timestamp as was_known_at,
  null::integer as was_generation
from $rows as new
join codes as kinds on kinds.spelling = new.kind
join codes as channels on channels.spelling = new.channel
join codes as themes on themes.spelling = new.theme
join source_codes on source_codes.source = new.source;

-- statement: moved again
create or replace temp view coded_traces as
select
  null::varchar as contact,
  * exclude (generation),
  null::varchar as was_contact,
  null::timestamp as was_known_at,
  null::integer as was_generation
from moved;

-- statement: pulled again
create or replace temp view coded_traces as
from pulled_traces;

-- statement: with one home
create or replace temp view homed_traces as
select
  coded_traces.*,
  homes.number,
  homes.canonical,
  homes.tied_at,
  homes.joined_at
from coded_traces
join homes
  on homes.home = coalesce(coded_traces.contact, coded_traces.subject)
  and homes.is_subject = (coded_traces.contact is null)
  and homes.is_only;

-- statement: with several homes
-- Of a subject of several contacts the latest tie counts that is not after the trace; before the first tie, the first.
create or replace temp view homed_traces as
with several as (
  select
    home as subject,
    tied_at,
    number
  from homes
  where not is_only
),
firsts as (
  select
    subject,
    min_by(number, tied_at) as number
  from several
  group by subject
),
found as (
  select
    open.*,
    coalesce(several.number, firsts.number) as number
  from (select * from coded_traces where contact is null) as open
  join firsts using (subject)
  asof left join several on open.subject = several.subject and open."at" >= several.tied_at
)
select
  found.*,
  homes.canonical,
  homes.tied_at,
  homes.joined_at
from found
join homes using (number);

-- statement: place
-- Rows of a bucket lie together, so that writing one reads little else.
insert into placed_traces
select
  number as home,
  "at",
  known_at,
  kind,
  channel,
  theme,
  municipality,
  value,
  automated,
  source,
  trace_id,
  if(
    canonical = was_contact and greatest(known_at, "at", tied_at, joined_at) = was_known_at,
    was_generation,
    getvariable('generation')::integer
  ) as generation
from homed_traces
order by number;
