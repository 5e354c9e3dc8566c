using System.Text.Json;
using System.Text.Json.Nodes;

namespace BotPlatform.Tests.Shared.Slack;

internal static class ViewMethods
{
    public static JsonObject Open(Caller caller, Arguments args)
    {
        args.Allow("trigger_id", "view", "interactivity_pointer");
        var view = View(caller, args, "modal");
        var person = caller.World.Triggers.Exchange(args.Need("trigger_id"), caller.Team);
        person.OpenModals.Clear();
        return Answer(Opened(caller.World, person, view));
    }

    /// <summary>Lays a modal on the one that the trigger came from.</summary>
    public static JsonObject Push(Caller caller, Arguments args)
    {
        args.Allow("trigger_id", "view", "interactivity_pointer");
        var view = View(caller, args, "modal");
        var person = caller.World.Triggers.Exchange(args.Need("trigger_id"), caller.Team);
        if (person.OpenModals.Count is 0 or SlackPerson.MostModals)
            throw new SlackErrorException("push_limit_reached", $"{person.OpenModals.Count} modals are open");
        return Answer(Opened(caller.World, person, view));
    }

    public static JsonObject Update(Caller caller, Arguments args)
    {
        args.Allow("view_id", "external_id", "view", "hash");
        var view = View(caller, args, "modal");
        var id = args.Find("view_id");
        var external = id is null ? args.Need("external_id") : null;
        var opened = caller.World.Views.Values.FirstOrDefault(candidate =>
            candidate.Person.Team == caller.Team && candidate.Person.OpenModals.Contains(candidate)
            && (id is null ? candidate.Now.ExternalId == external : candidate.Now.Id == id))
            ?? throw new SlackErrorException("not_found", $"no open view {id ?? external}");
        CheckHash(args, opened);
        CheckExternalId(caller.World, caller.Team, view, opened);
        opened.Set(view);
        return Answer(opened);
    }

    public static JsonObject Publish(Caller caller, Arguments args)
    {
        args.Allow("user_id", "view", "hash");
        var view = View(caller, args, "home");
        var person = caller.Team.FindPerson(args.Need("user_id")) ?? throw SlackErrorException.Arguments("invalid `user_id`");
        if (person.HomeView is { } home) CheckHash(args, home);
        else person.HomeView = home = new OpenedView(caller.World, person, caller.World.NextId("V"));
        home.Set(view);
        return Answer(home);
    }

    /// <summary>A modal on top of those that are open.</summary>
    public static OpenedView Opened(World world, SlackPerson person, JsonElement view)
    {
        CheckExternalId(world, person.Team, view, null);
        var opened = new OpenedView(world, person, world.NextId("V"));
        opened.Set(view);
        world.Views[opened.Now.Id] = opened;
        person.OpenModals.Add(opened);
        return opened;
    }

    private static JsonElement View(Caller caller, Arguments args, string type)
    {
        var view = args.Structure("view", JsonValueKind.Object, "invalid_arguments")
            ?? throw SlackErrorException.Arguments("missing required field: view");
        Blocks.CheckView(view, type, caller.Note);
        return view;
    }

    private static void CheckHash(Arguments args, OpenedView view)
    {
        if (args.Find("hash") is { Length: > 0 } hash && hash != view.Now.Hash)
            throw new SlackErrorException("hash_conflict", $"{hash} is not the newest hash");
    }

    private static void CheckExternalId(World world, SlackTeam team, JsonElement view, OpenedView? itself)
    {
        var id = view.TryGetProperty("external_id", out var given) ? given.GetString() : null;
        if (id is { Length: > 0 } && world.Views.Values.Any(other =>
            other != itself && other.Person.Team == team && other.Person.OpenModals.Contains(other) && other.Now.ExternalId == id))
            throw new SlackErrorException("duplicate_external_id", $"another view has the external_id {id}");
    }

    private static JsonObject Answer(OpenedView view) => new() { ["view"] = view.Json() };
}
