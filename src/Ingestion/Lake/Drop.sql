-- meaning: the rows of a source's files that do not go to the lake, each once, the rejected before the duplicates
-- grain: one raw row
-- reads: raw, typed, new_keys, $keys (identities that the lake has of this source); variable source_number

-- statement: reasons
insert into dropped
select
  _row,
  reason
from typed
anti join dropped using (_row)
where reason is not null;

-- statement: left out
insert into dropped
select
  _row,
  'left out by the source''s own condition' as reason
from raw
anti join typed using (_row)
anti join dropped using (_row);

-- statement: again
insert into dropped
with again as (
  select distinct _high, _low
  from raw
  where _again
),
candidates as (
  select _row, _high, _low
  from raw
  semi join again using (_high, _low)
  anti join dropped using (_row)
),
earlier as (
  select high as _high, low as _low
  from new_keys
  where source = getvariable('source_number')
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
semi join earlier using (_high, _low);

-- statement: known
insert into dropped
select
  _row,
  null as reason
from raw
semi join (select high as _high, low as _low from $keys) as known using (_high, _low)
anti join dropped using (_row);

-- statement: keys
insert into new_keys
select
  getvariable('source_number')::usmallint as source,
  _high as high,
  _low as low
from raw
anti join dropped using (_row)
where _high is not null;
