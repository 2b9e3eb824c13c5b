using System.CommandLine;
using LeadScoring.Worker.Access;
using LeadScoring.Worker.Steps;
using LeadScoring.Worker.Store;
using Spectre.Console;

namespace LeadScoring.Worker.Cli;

/// <summary><c>leads users</c>: who may sign in to the pages of <c>leads serve</c> that are not for everybody.</summary>
static class UserCommands
{
    static readonly Argument<string> Name = new("NAME") { Description = "The user's name, in lower case" };

    static readonly Option<string> Role = RoleOption();

    static readonly Option<string?> PasswordFile = new("--password-file")
    {
        Description = "A file whose first line is the password (default: asked for, or read from standard input)",
        HelpName = "FILE",
    };

    internal static Command Build()
    {
        var users = List();
        users.Subcommands.Add(Add());
        users.Subcommands.Add(Password());
        users.Subcommands.Add(Remove());
        return users;
    }

    static Command List() =>
        Invocation.Command(
            "users",
            "Who may sign in to the pages of leads serve",
            invocation =>
            {
                using var store = LeadStore.Open(invocation.Home.Path);
                var users = new UserBook(store).All();
                invocation.Answer(
                    new { Users = users.Select(user => new { user.Name, user.Role }) },
                    output =>
                    {
                        foreach (var user in users)
                            output.WriteLine(Words.Text($"{user.Name, -24} {StoreText.Word(user.Role)}"));
                    }
                );
                return ExitCode.Done;
            }
        );

    static Command Add() =>
        Invocation.Command(
            "add",
            "Let a new user sign in",
            invocation =>
            {
                var role = StoreText.Word<UserRole>(invocation.Asked.GetRequiredValue(Role));
                var user = Credentials.NewUser(invocation.Asked.GetRequiredValue(Name), role, Given(invocation));
                using var store = LeadStore.Open(invocation.Home.Path);
                if (!new UserBook(store).Add(user))
                    throw WorkerException.Of(
                        "NAME",
                        "there is a user of that name",
                        "a new name",
                        "take another, or remove that user first"
                    );
                return Told(invocation, user.Name, "may sign in");
            },
            Name,
            Role,
            PasswordFile
        );

    static Command Password() =>
        Invocation.Command(
            "password",
            "Give a user another password, and end what is signed in with the old one",
            invocation =>
            {
                var name = invocation.Asked.GetRequiredValue(Name);
                var hash = Credentials.Hash(Given(invocation));
                using var store = LeadStore.Open(invocation.Home.Path);
                if (!new UserBook(store).SetPassword(name, hash, Credentials.NewStamp()))
                    throw Unknown();
                return Told(invocation, name, "has another password");
            },
            Name,
            PasswordFile
        );

    static Command Remove() =>
        Invocation.Command(
            "remove",
            "Let a user sign in no longer, and end what is signed in",
            invocation =>
            {
                var name = invocation.Asked.GetRequiredValue(Name);
                using var store = LeadStore.Open(invocation.Home.Path);
                if (!new UserBook(store).Remove(name))
                    throw Unknown();
                return Told(invocation, name, "is removed");
            },
            Name
        );

    static int Told(Invocation invocation, string name, string words)
    {
        invocation.Answer(new { Name = name }, output => output.WriteLine($"{name} {words}."));
        return ExitCode.Done;
    }

    static WorkerException Unknown() =>
        WorkerException.Of("NAME", "there is no user of that name", "one that leads users shows", "name one of them");

    /// <summary>Never an argument, which others on the machine could read.</summary>
    static string Given(Invocation invocation)
    {
        if (invocation.Asked.GetValue(PasswordFile) is { } file)
            return File.ReadLines(file).FirstOrDefault() ?? "";
        return Console.IsInputRedirected
            ? Console.In.ReadLine() ?? ""
            : AnsiConsole.Prompt(new TextPrompt<string>("Password:").Secret());
    }

    static Option<string> RoleOption()
    {
        var option = new Option<string>("--role")
        {
            Description = "What the user may see: admins the page of calls, officers and analysts nothing yet",
            HelpName = "admin|analyst|officer",
            Required = true,
        };
        option.AcceptOnlyFromAmong("admin", "analyst", "officer");
        return option;
    }
}
