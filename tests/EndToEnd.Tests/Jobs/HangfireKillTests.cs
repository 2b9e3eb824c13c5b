using LeadScoring.EndToEnd.Tests.Mail;

namespace LeadScoring.EndToEnd.Tests.Jobs;

/// <summary>Killed workers and crashes of the database under Hangfire leave what they leave under Quartz: the same tests.</summary>
[Category("Hangfire")]
public sealed class HangfireTwoWorkersTests : TwoWorkersTests
{
    protected override string Engine => "hangfire";
}

/// <inheritdoc cref="HangfireTwoWorkersTests"/>
[Category("Hangfire")]
public sealed class HangfireFiftyThousandTests : FiftyThousandTests
{
    protected override string Engine => "hangfire";
}

/// <inheritdoc cref="HangfireTwoWorkersTests"/>
[Category("Hangfire")]
public sealed class HangfireServeKillTests : ServeKillTests
{
    protected override string Engine => "hangfire";
}

/// <inheritdoc cref="HangfireTwoWorkersTests"/>
[Category("Hangfire")]
public sealed class HangfireDispatchKillTests : DispatchKillTests
{
    protected override string Engine => "hangfire";
}
