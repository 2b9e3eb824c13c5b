-- meaning: what an earlier stage planned and nobody has done is overtaken by the change of stage
-- writes:  follow_ups, the planned ones of one contact and other stages
-- params:  @contact, @stage (the new one)
update follow_ups
set state = 'lapsed'
where contact = @contact and state = 'planned' and stage <> @stage
