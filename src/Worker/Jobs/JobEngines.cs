using LeadScoring.Worker.Store;

namespace LeadScoring.Worker.Jobs;

/// <summary>The scheduler that a home's settings name, as far as this build has it.</summary>
static class JobEngines
{
    /// <exception cref="WorkerException">This build is without it, or it cannot use the home's store.</exception>
    public static IJobEngine Of(JobSettings settings, StoreDialect store, TimeProvider time) =>
        settings.Engine switch
        {
#if WITH_HANGFIRE
            "hangfire" => HangfireEngine.Open(
                store as PostgresDialect
                    ?? throw WorkerException.Of(
                        $"{StoreDialect.SettingsFile} or environment, Jobs:Engine",
                        $"found 'hangfire' with the store {store.Where}",
                        "hangfire with a store in PostgreSQL",
                        "name one in ConnectionStrings:Leads, or take Jobs:Engine quartz"
                    ),
                time
            ),
#else
            "hangfire" => throw WorkerException.Of(
                $"{StoreDialect.SettingsFile} or environment, Jobs:Engine",
                "found 'hangfire', and this build is without Hangfire",
                "a build made with -p:WithHangfire=true",
                "build it so where Hangfire.AspNetCore 1.8.25 and Hangfire.PostgreSql 1.21.1 can be restored, or take Jobs:Engine quartz"
            ),
#endif
            _ => new QuartzEngine((store as PostgresDialect)?.Connection, time),
        };
}
