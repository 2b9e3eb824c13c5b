-- meaning: the schema of Hangfire's tables, beside the store's own; one worker at a time may make it, until the end of its transaction
-- grain:   one row
-- reads:   nothing
select
    case current_schema()
        when 'public' then 'hangfire'
        else current_schema() || '_hangfire'
    end as name
from pg_advisory_xact_lock(hashtext('leads jobs'), hashtext(current_schema()))
