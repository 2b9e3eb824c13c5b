-- meaning: the rows of a source's files that do not go to the lake, each once, the rejected before the duplicates
-- grain: one raw row
-- reads: raw, typed, $keys (identities that the lake or an earlier slice has of this source)
insert into dropped
select
  _row,
  reason
from typed
anti join dropped using (_row)
where reason is not null;

insert into dropped
select
  _row,
  'left out by the source''s own condition' as reason
from raw
anti join typed using (_row)
anti join dropped using (_row);

insert into dropped
with candidates as (
  select _row, _high, _low
  from raw
  anti join dropped using (_row)
  where _high is not null
),
known as (
  select high as _high, low as _low
  from $keys
)
select
  _row,
  null as reason
from candidates
anti join (select min(_row) as _row from candidates group by _high, _low) as firsts using (_row)
union
select
  _row,
  null as reason
from candidates
semi join known using (_high, _low);

insert into new_keys
select
  getvariable('source') as source,
  _high as high,
  _low as low
from raw
anti join dropped using (_row)
where _high is not null;
