using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;
using BotPlatform.Benchmarks.Load;

// In this process: the generated projects of the default toolchain do not restore with pinned central versions.
var inProcess = DefaultConfig.Instance.AddJob(Job.Default.WithToolchain(InProcessEmitToolchain.Instance));
if (args is ["load", .. var options])
    return await LoadCommand.Create().Parse(options).InvokeAsync();
if (args is ["grades", .. var grading])
    return await GradingCommand.Create().Parse(grading).InvokeAsync();
if (args is ["slack-events", .. var events])
    return await SlackEventsCommand.Create().Parse(events).InvokeAsync();
BenchmarkSwitcher.FromAssembly(typeof(LoadCommand).Assembly).Run(args, inProcess);
return 0;
