using Hangfire;
using LeadScoring.Worker.Access;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Logging;
using LogProvider = Hangfire.Logging.LogProvider;

namespace LeadScoring.Worker.Jobs;

/// <summary>Hangfire's own pages at <c>/jobs</c>, for admins; with another engine there are none.</summary>
static class HangfireDashboard
{
    public const string Path = "/jobs";

    public static void AddTo(WebApplicationBuilder builder, IJobEngine engine, Home home)
    {
        if (engine is not HangfireEngine hangfire)
            return;
        builder.Logging.AddFilter("Hangfire", LogLevel.Warning);
        builder.Services.AddHangfire(configuration => configuration.UseStorage(hangfire.Storage));
        SignIn.AddTo(builder, home);
    }

    public static void Map(WebApplication host, IJobEngine engine, Home home, JobSettings settings, TimeProvider time)
    {
        if (engine is not HangfireEngine hangfire)
            return;
        SignIn.Map(host, home, settings.MayShowPage, time, Path);
        host.MapHangfireDashboardWithAuthorizationPolicy(
            SignIn.Admins,
            Path,
            new DashboardOptions
            {
                DashboardTitle = "leads: calls of jobs",
                AppPath = SignIn.Path,
                StatsPollingInterval = 5000,
            },
            hangfire.Storage
        );
        // Where Hangfire logs is the process's, not the host's: nothing is said to a host that has ended.
        host.Lifetime.ApplicationStopped.Register(() => LogProvider.SetCurrentLogProvider(null));
    }
}
