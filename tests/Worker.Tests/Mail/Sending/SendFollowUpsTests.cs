using LeadScoring.Funnel.FollowUps;
using LeadScoring.Worker.Mail;
using LeadScoring.Worker.Mail.Answers;
using LeadScoring.Worker.Mail.Links;
using LeadScoring.Worker.Mail.Returns;
using LeadScoring.Worker.Mail.Sending;
using LeadScoring.Worker.Store;

namespace LeadScoring.Worker.Tests.Mail.Sending;

public sealed class SendFollowUpsTests
{
    readonly SettableTime _time = new(SampleMail.At);
    readonly Dictionary<string, FollowUpState> _settled = [];
    TemporaryHome _home = null!;
    OutboxTransport _outbox = null!;

    [SetUp]
    public void Open()
    {
        _home = new TemporaryHome();
        _outbox = new OutboxTransport(_home.Path);
        _settled.Clear();
    }

    [TearDown]
    public async Task Close()
    {
        await _outbox.DisposeAsync();
        _home.Dispose();
    }

    string[] Outbox => Directory.Exists(_home.File("outbox")) ? Directory.GetFiles(_home.File("outbox")) : [];

    Task<SendFigures> Send(
        IMailTransport? transport = null,
        SendVerdict decision = SendVerdict.Send,
        bool consented = false,
        params FollowUp[] due
    ) =>
        new SendFollowUps(
            _home.Path,
            SampleMail.Secret,
            new ComposeMail(SampleMail.Settings, SampleMail.Secret),
            transport ?? _outbox,
            new SendSeams(
                _ => decision,
                (_, _) => consented,
                followUp => SampleMail.Outgoing(followUp),
                (key, state, _) => _settled.TryAdd(key, state),
                (_, _) => { }
            ),
            _time
        ).Run(due.Length == 0 ? [SampleMail.FollowUp()] : due, default);

    [Test]
    public async Task A_message_goes_out_once_however_often_it_is_due()
    {
        var call = SampleMail.FollowUp() with { Key = "call", Kind = FollowUpKind.Call };
        Assert.That(await Send(due: [SampleMail.FollowUp(), call]), Is.EqualTo(new SendFigures(1, 0, 0, 0, 0, 0)));
        var bytes = File.ReadAllBytes(Outbox.Single());
        _time.Now = _time.Now.AddDays(1);
        Assert.That(await Send(), Is.EqualTo(new SendFigures(1, 0, 0, 0, 1, 0)));
        Assert.That(File.ReadAllBytes(Outbox.Single()), Is.EqualTo(bytes));
        Assert.That(
            _settled,
            Is.EqualTo(new Dictionary<string, FollowUpState> { [SampleMail.FollowUp().Key] = FollowUpState.Sent })
        );
    }

    [Test]
    public async Task A_stop_between_planning_and_sending_stops_the_message_and_only_a_later_consent_outweighs_it()
    {
        new StopList(_home.Path, SampleMail.Secret, _time).Stop(SampleMail.FollowUp().Contact, StopWay.OneClick);
        Assert.That(await Send(due: [SampleMail.FollowUp()]), Is.EqualTo(new SendFigures(0, 1, 0, 0, 0, 0)));
        Assert.That(Outbox, Is.Empty);
        Assert.That(await Send(consented: true), Is.EqualTo(new SendFigures(1, 0, 0, 0, 0, 0)));
    }

    [TestCase(SendVerdict.Wait, 0, 1)]
    [TestCase(SendVerdict.Lapse, 1, 0)]
    public async Task The_policys_word_is_heeded(SendVerdict decision, int lapsed, int waiting)
    {
        Assert.That(await Send(decision: decision), Is.EqualTo(new SendFigures(0, lapsed, waiting, 0, 0, 0)));
        Assert.That(Outbox, Is.Empty);
        Assert.That(_settled, Has.Count.EqualTo(lapsed));
    }

    [Test]
    public async Task An_address_that_bounced_gets_nothing_more()
    {
        var returns = new ReturnLedger(_home.Path, SampleMail.Secret, _time);
        returns.Note("1", new MailReturn(ReturnKind.Hard, null, null, "READER@example.org", "5.1.1"));
        Assert.That(await Send(), Is.EqualTo(new SendFigures(0, 1, 0, 0, 0, 0)));
        Assert.That(Outbox, Is.Empty);
    }

    [TestCase(null, 0, 1)]
    [TestCase(true, 1, 0)]
    public async Task After_a_crash_in_between_nothing_is_sent_twice(bool? known, int recovered, int uncertain)
    {
        new SendLedger(_home.Path, _time).Note(Name, SendingState.Begun);
        await using var transport = new Scripted(DeliveryState.Sent, known);
        Assert.That(await Send(transport), Is.EqualTo(new SendFigures(1, 0, 0, 0, recovered, uncertain)));
        Assert.That(transport.Asked, Is.Zero);
    }

    [Test]
    public async Task After_a_crash_before_the_handing_over_it_is_sent()
    {
        new SendLedger(_home.Path, _time).Note(Name, SendingState.Begun);
        Assert.That(await Send(), Is.EqualTo(new SendFigures(1, 0, 0, 0, 0, 0)));
        Assert.That(Outbox, Has.Length.EqualTo(1));
    }

    [Test]
    public async Task What_the_server_does_not_take_stays_planned_and_what_it_refuses_lapses()
    {
        await using var busy = new Scripted(DeliveryState.Later, null);
        Assert.That(await Send(busy), Is.EqualTo(new SendFigures(0, 0, 0, 1, 0, 0)));
        Assert.That(_settled, Is.Empty);
        await using var lost = new Scripted(null, null);
        Assert.That(async () => await Send(lost), Throws.TypeOf<WorkerException>());
        await using var strict = new Scripted(DeliveryState.Refused, null);
        Assert.That(await Send(strict), Is.EqualTo(new SendFigures(0, 1, 0, 0, 0, 0)));
        Assert.That(_settled.Values, Is.EqualTo(new[] { FollowUpState.Lapsed }));
    }

    [Test]
    public async Task An_erasure_waits_for_the_message_at_hand_and_other_municipalities_do_not()
    {
        var turn = _home.File("mail", "sending.lock");
        await using var transport = new Scripted(DeliveryState.Sent, null)
        {
            WhileSending = () =>
            {
                Assert.That(
                    () => new FileStream(turn, FileMode.Open, FileAccess.ReadWrite, FileShare.None),
                    Throws.InstanceOf<IOException>()
                );
                FileTurn.WaitBeside(turn, TimeProvider.System).Dispose();
            },
        };
        Assert.That((await Send(transport)).Sent, Is.EqualTo(1));
        Assert.That(transport.Asked, Is.EqualTo(1));
        FileTurn.Wait(turn, TimeProvider.System).Dispose();
    }

    [Test]
    public async Task When_no_server_answers_the_others_are_not_tried_and_when_it_puts_one_off_they_are()
    {
        FollowUp[] due = [SampleMail.FollowUp("a"), SampleMail.FollowUp("b"), SampleMail.FollowUp("c")];
        await using var away = new Scripted(DeliveryState.Later, null);
        Assert.That((await Send(away, due: due)).Unreachable, Is.EqualTo(1));
        Assert.That(away.Asked, Is.EqualTo(1));
        await using var busy = new Scripted(DeliveryState.Later, null) { Code = 451 };
        Assert.That((await Send(busy, due: due)).Unreachable, Is.EqualTo(3));
    }

    static MessageName Name => MessageName.Of(SampleMail.FollowUp().Key, SampleMail.Secret);

    /// <summary>Says what it is told to say; throws when told nothing.</summary>
    sealed class Scripted(DeliveryState? state, bool? known) : IMailTransport
    {
        public int Asked { get; private set; }

        public Action WhileSending { get; init; } = () => { };

        public int Code { get; init; }

        public Task<Delivery> Send(MailEnvelope envelope, CancellationToken cancellation)
        {
            Asked++;
            WhileSending();
            return state is { } said
                ? Task.FromResult(new Delivery(said, Code))
                : throw new WorkerException("no server");
        }

        public bool? WasSent(MessageName name) => known;

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
