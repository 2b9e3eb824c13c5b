-- meaning: units of a job that comes round often are forgotten once they are long done
-- writes:  runs, those of the job that ended well
-- params:  @job, @before (UTC)
delete from runs
where job = @job and state in ('done', 'warned') and part <> '' and ended_at < @before
