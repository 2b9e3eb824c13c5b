-- meaning: what came of each variant of one kind of message, as it was known at an instant
-- grain:   one variant in one municipality's name to contacts of one stage
-- reads:   sendings
-- params:  @kind, @known (UTC; answers from then on are not known), @awaited (UTC; what was sent later may still be answered)
select
    municipality,
    stage,
    variant,
    count(*) as sent,
    count(case when answered_at < @known then 1 end) as answered,
    count(case when (answered_at is null or answered_at >= @known) and reserved_at > @awaited then 1 end) as awaited
from sendings
where kind = @kind
group by
    municipality,
    stage,
    variant
order by
    municipality,
    stage,
    variant
