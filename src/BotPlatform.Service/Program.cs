using System.CommandLine;
using BotPlatform.Service.Commands;

var root = new RootCommand("Interviews for ML system design: practise on a local page or in the terminal, score, calibrate.");
var serve = ServeCommand.Create(root);
root.Subcommands.Add(serve);
root.Subcommands.Add(ContentCommand.Create());

return await Invocation.RunAsync(root, args);
