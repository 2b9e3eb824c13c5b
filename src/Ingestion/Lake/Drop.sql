-- meaning: the rows of a source's files that do not go to the lake, each once, the rejected before the duplicates
-- grain: one raw row
-- reads: raw, typed, repeats (rows whose identity may have come before), new_keys, $keys (identities that the lake has of this source); variable source_number

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
create or replace temp table repeated_keys as
select distinct _high, _low
from raw
semi join repeats using (_row);

create or replace temp table repeating_rows as
select _row, _high, _low
from raw
semi join repeated_keys using (_high, _low)
anti join dropped using (_row);

create or replace temp table earlier_keys as
select high as _high, low as _low
from new_keys
semi join repeated_keys as keys on new_keys.high = keys._high and new_keys.low = keys._low
where source = getvariable('source_number');

insert into dropped
select
  _row,
  null as reason
from repeating_rows
anti join (select min(_row) as _row from repeating_rows group by _high, _low) as firsts using (_row)
union
select
  _row,
  null as reason
from repeating_rows
semi join earlier_keys using (_high, _low);

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
