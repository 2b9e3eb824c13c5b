-- meaning: what the positions have now been advanced with
-- writes:  watermark, one row
-- params:  @as_of, @generation, @model_id, @policy_hash
insert into watermark (
    id,
    as_of,
    generation,
    model_id,
    policy_hash
)
values (
    1,
    @as_of,
    @generation,
    @model_id,
    @policy_hash
)
on conflict (id) do update set
    as_of = excluded.as_of,
    generation = excluded.generation,
    model_id = excluded.model_id,
    policy_hash = excluded.policy_hash
