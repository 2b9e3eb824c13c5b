-- meaning: where the last night left a contact that is moved now; one that was moved before is known already
-- writes:  ahead, at most one row
-- params:  @contact, @place, @stage, @since, @last_signal, @municipality, @runner_up, @cause, @model_id,
--          @as_of, @last_word, @last_word_at
insert into ahead (
    contact,
    place,
    stage,
    since,
    last_signal,
    municipality,
    runner_up,
    cause,
    model_id,
    as_of,
    last_word,
    last_word_at
)
values (
    @contact,
    @place,
    @stage,
    @since,
    @last_signal,
    @municipality,
    @runner_up,
    @cause,
    @model_id,
    @as_of,
    @last_word,
    @last_word_at
)
on conflict (contact) do nothing
