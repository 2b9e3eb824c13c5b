-- meaning: what the positions were last advanced with
-- grain:   at most one row
-- reads:   watermark
select
    as_of,
    generation,
    model_id,
    policy_hash
from watermark
