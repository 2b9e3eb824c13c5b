-- meaning: gives the traces of one table their contact, codes and bucket
-- grain: one trace
-- reads: $rows (staged traces), moved, pulled_traces; codes, source_codes, first_ties, ties, homes; $place says where to
-- params: variable generation

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

-- statement: subjects of one contact
-- Before the first tie, the first one counts, known only from then on. With one contact there is nothing to search.
create or replace temp view tied_traces as
select
  coded_traces.* exclude (contact),
  coalesce(coded_traces.contact, first_ties.contact) as contact,
  first_ties."at" as tied_at
from coded_traces
left join first_ties on first_ties.subject = coded_traces.subject
where coalesce(first_ties.is_only, true);

-- statement: subjects of several
-- The latest tie that is not after the trace counts; before the first tie, the first one.
create or replace temp view tied_traces as
with earlier as (
  select
    open.*,
    ties.contact as tied_contact,
    ties."at" as tied_at
  from (
    select *
    from coded_traces
    semi join (select subject from first_ties where not is_only) as several using (subject)
    where contact is null
  ) as open
  asof left join ties on open.subject = ties.subject and open."at" >= ties."at"
)
select
  earlier.* exclude (contact, tied_contact, tied_at),
  coalesce(earlier.tied_contact, first_ties.contact) as contact,
  coalesce(earlier.tied_at, first_ties."at") as tied_at
from earlier
join first_ties using (subject);

-- statement: place
-- Rows of a bucket lie together, so that writing one reads little else.
$place
select
  homes.canonical as contact,
  tied."at",
  greatest(tied.known_at, tied."at", tied.tied_at, homes.joined_at) as known_at,
  tied.kind,
  tied.channel,
  tied.theme,
  tied.municipality,
  tied.value,
  tied.automated,
  tied.source,
  tied.trace_id,
  case
    when tied.subject is not null then tied.subject
    when homes.canonical <> tied.contact then 'c:' || tied.contact
  end as origin,
  if(greatest(tied."at", tied.tied_at, homes.joined_at) > tied.known_at, tied.known_at, null) as origin_known_at,
  if(
    homes.canonical = tied.was_contact
    and greatest(tied.known_at, tied."at", tied.tied_at, homes.joined_at) = tied.was_known_at,
    tied.was_generation,
    getvariable('generation')::integer
  ) as generation,
  homes.bucket
from tied_traces as tied
left join homes on homes.home = coalesce(tied.contact, tied.subject)
order by homes.bucket;
