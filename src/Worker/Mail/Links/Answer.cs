using LeadScoring.Worker.Mail.Templates;

namespace LeadScoring.Worker.Mail.Links;

/// <summary>What a contact says to "could you imagine moving here?".</summary>
public enum Answer
{
    Yes = 1,
    Maybe = 2,
    NotNow = 3,
    No = 4,
}

/// <summary>How the answers are told to people and to the inbox.</summary>
static class AnswerWords
{
    public static IReadOnlyList<Answer> InOrder { get; } = [Answer.Yes, Answer.Maybe, Answer.NotNow, Answer.No];

    /// <summary>The word of the source <c>relocation_answers</c>.</summary>
    public static string Word(Answer answer) =>
        answer switch
        {
            Answer.Yes => "yes",
            Answer.Maybe => "maybe",
            Answer.NotNow => "not_now",
            Answer.No => "no",
        };

    public static string Label(Answer answer, MailWords words) =>
        answer switch
        {
            Answer.Yes => words.Yes,
            Answer.Maybe => words.Maybe,
            Answer.NotNow => words.NotNow,
            Answer.No => words.No,
        };

    /// <summary>The whole sentence that is sent when the button is pressed.</summary>
    public static string Sentence(Answer answer, MailWords words) =>
        answer switch
        {
            Answer.Yes => words.AskYes,
            Answer.Maybe => words.AskMaybe,
            Answer.NotNow => words.AskNotNow,
            Answer.No => words.AskNo,
        };

    public static string Thanks(Answer answer, MailWords words) =>
        answer switch
        {
            Answer.Yes => words.ThanksYes,
            Answer.Maybe => words.ThanksMaybe,
            Answer.NotNow => words.ThanksNotNow,
            Answer.No => words.ThanksNo,
        };
}
