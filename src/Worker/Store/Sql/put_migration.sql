-- meaning: a migration has been applied
-- writes:  schema_migrations, one row
-- params:  @number, @name, @checksum
insert into schema_migrations (number, name, checksum)
values (@number, @name, @checksum)
