using LeadScoring.Worker.Cli;

return await LeadsCommand.RunAsync(args, Console.Out, Console.Error);
