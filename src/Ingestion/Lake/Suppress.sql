-- meaning: rows of erased contacts, or of their addresses and devices: they do not come in, and are counted as such
-- grain: one raw row
-- reads: typed, suppressed, $keys (the columns of typed that name somebody, as keys)
create or replace temp table erased_here as
select key
from (select distinct unnest([$keys]) as key from typed)
where erased_key(key) in (select hash from suppressed);

-- statement: rows
insert into dropped
select
  _row,
  '!' as reason
from typed
anti join dropped using (_row)
where list_has_any([$keys], (select list(key) from erased_here));

-- statement: derived
delete from typed
where list_has_any([$keys], (select list(key) from erased_here));

-- statement: links
-- A device or address that an erased contact had with others still says that it was somebody else's then.
insert into new_links
select distinct
  subject,
  '!' as contact,
  "at"
from typed
anti join (select _row from dropped where reason is distinct from '!') as dropped using (_row)
where reason is null
  and 'c:' || contact in (select key from erased_here)
  and subject not in (select key from erased_here);

-- statement: contacts
insert into new_links
select distinct
  subject,
  '!' as contact,
  linked_at as "at"
from (
  select _row, contact, linked_at, unnest([email, phone]) as subject
  from typed
  where reason is null
)
anti join (select _row from dropped where reason is distinct from '!') as dropped using (_row)
where subject is not null
  and 'c:' || contact in (select key from erased_here)
  and subject not in (select key from erased_here);

-- A new id with an erased address is the same person again.
insert into newly_erased
select distinct contact
from typed
where contact is not null
  and 'c:' || contact not in (select key from erased_here)
  and (email in (select key from erased_here) or phone in (select key from erased_here));
