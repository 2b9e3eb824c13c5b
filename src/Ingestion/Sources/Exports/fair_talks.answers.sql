-- source: fair_talks.answers
-- meaning: "could you imagine moving here?", asked in the talk: yes 1, maybe 0.5, no 0
-- yields: traces
-- grain: one talk with an answer
select
  samtal_id || ':answer' as trace_id,
  kontakt_id as contact,
  datum as at,
  'answer' as kind,
  'fair' as channel,
  intresse as theme,
  municipality_code(kommun) as municipality,
  case lower(kan_tänka_sig_flytta) when 'ja' then 1 when 'kanske' then 0.5 else 0 end as value
from raw
where kan_tänka_sig_flytta is not null
