-- meaning: messages that may still be answered, each with the contact's later changes of stage that something it did caused
-- grain:   one message and change; one row for a message without any
-- reads:   sendings, stage_changes
-- params:  @since (UTC, exclusive)
select
    sendings.key,
    sendings.stage,
    sendings.reserved_at,
    stage_changes.to_stage,
    stage_changes.evidence_at
from sendings
left join
    stage_changes
    on stage_changes.contact = sendings.contact and stage_changes.evidence_at > sendings.reserved_at
where sendings.answered_at is null and sendings.state <> 'reserved' and sendings.reserved_at > @since
order by sendings.key, stage_changes.evidence_at
