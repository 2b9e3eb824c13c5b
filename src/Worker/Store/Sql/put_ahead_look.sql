-- meaning: there has been a look between nights
-- writes:  ahead_look, its row
-- params:  @night, @night_generation, @on_day, @generation, @complete, @inbox
insert into ahead_look (
    id,
    night,
    night_generation,
    on_day,
    generation,
    complete,
    inbox
)
values (
    1,
    @night,
    @night_generation,
    @on_day,
    @generation,
    @complete,
    @inbox
)
on conflict (id) do update set
    night = excluded.night,
    night_generation = excluded.night_generation,
    on_day = excluded.on_day,
    generation = excluded.generation,
    complete = excluded.complete,
    inbox = excluded.inbox
