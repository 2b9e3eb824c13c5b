-- meaning: what became of a follow-up, planned or on its way; one that has ended stays so
-- writes:  follow_ups, at most one row
-- params:  @key, @state, @why
update follow_ups
set
    state = @state,
    why = @why
where key = @key and state in ('planned', 'sending')
