-- meaning: mail does not go out; since when is kept
-- writes:  mail_trouble, one row
-- params:  @since, @words
insert into mail_trouble (id, since, words)
values (1, @since, @words)
on conflict (id) do update set words = excluded.words
