using System.CommandLine;
using BotPlatform.Service.Commands;

var root = new RootCommand("Interviews for ML system design: practise on a local page or in the terminal, score, calibrate.");
var serve = ServeCommand.Create(root);
root.Subcommands.Add(serve);
root.Subcommands.Add(PracticeCommand.Create());
root.Subcommands.Add(ScoreCommand.Create());
root.Subcommands.Add(CalibrateCommand.Create());
root.Subcommands.Add(ContentCommand.Create());
root.Subcommands.Add(ReplayCommand.Create());
root.Subcommands.Add(RescoreCommand.Create());
root.Subcommands.Add(ModelsCommand.Create());
root.Subcommands.Add(InboxCommand.Create());
root.Subcommands.Add(OutboxCommand.Create());
root.Subcommands.Add(DatabaseCommands.Migrate());
root.Subcommands.Add(DatabaseCommands.Database());

return await Invocation.RunAsync(root, args);
