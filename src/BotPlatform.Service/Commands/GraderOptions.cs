using System.CommandLine;
using BotPlatform.Adapters;
using BotPlatform.Adapters.Content;
using BotPlatform.Interviewing;
using BotPlatform.Interviewing.Sessions;
using BotPlatform.Service.LanguageModels;

namespace BotPlatform.Service.Commands;

/// <summary>Who scores: the options that <c>score</c> and <c>calibrate</c> share.</summary>
public sealed class GraderOptions
{
    private readonly Option<string> _grader = new Option<string>("--grader")
    {
        Description = "rules, or model: a language model together with rules, as the service grades",
        DefaultValueFactory = _ => Words.Name(GraderMode.Rules),
        HelpName = "WHO",
    }.AcceptOnlyFromAmong(Words.Name(GraderMode.Rules), Words.Name(GraderMode.Model));

    private readonly Option<string?> _models = CommonOptions.ModelsOption();
    private readonly Option<string?> _prompt = new("--prompt") { Description = "Version of the grader's prompt (default: the newest)", HelpName = "VERSION" };
    private readonly Option<string?> _record = new("--record") { Description = "Keep the models' replies in this folder", HelpName = "DIR" };
    private readonly Option<string?> _replay = new("--replay") { Description = "Take the replies from this folder instead of asking; a missing one is an error", HelpName = "DIR" };

    public void AddTo(Command command)
    {
        foreach (var option in (Option[])[_grader, _models, _prompt, _record, _replay])
            command.Options.Add(option);
    }

    public GraderChoice Of(ParseResult parsed) => new(
        Words.Parse<GraderMode>(parsed.GetValue(_grader)) ?? GraderMode.Rules,
        parsed.GetValue(_models),
        parsed.GetValue(_prompt),
        parsed.GetValue(_record),
        parsed.GetValue(_replay));

    internal static Outcome<FileGrader> Open(GraderChoice choice, ContentLoad content) =>
        FileGrader.Open(choice, content, Environment.GetEnvironmentVariable, TimeProvider.System);
}
