-- source: relocation_answers
-- meaning: answers to "could you imagine moving here?": yes 1, maybe 0.5, not now 0.25, no 0
-- yields: traces
-- grain: one answer
-- columns:
--   answer_id               text required
--   contact_id              text required
--   answered_at             timestamp required
--   question                text
--   answer                  text required
--   drivers                 text optional
--   preferred_municipality  integer optional
--   channel                 text optional
-- identity: answer_id
-- reject: unknown answer when lower(answer) not in ('yes', 'maybe', 'not_now', 'no')
select
  answer_id as trace_id,
  contact_id as contact,
  answered_at as at,
  'answer' as kind,
  channel as channel,
  json_extract_string(try_cast(drivers as json), '$[0]') as theme,
  preferred_municipality as municipality,
  case lower(answer) when 'yes' then 1 when 'maybe' then 0.5 when 'not_now' then 0.25 else 0 end as value
from raw
