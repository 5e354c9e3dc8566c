using System.Collections.Frozen;

namespace BotPlatform.Interviewing.RuleChecks;

/// <summary>
/// Words that say nothing about one problem in particular: those that join others, those that would fit any design,
/// and those of small talk. A sentence made of them alone is hollow, whatever its length and its tone.
/// </summary>
internal static class Everyday
{
    private static readonly FrozenSet<string> Stems = (Joining + Talk + AnyDesign)
        .Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(Stemming.Stem).ToFrozenSet(StringComparer.Ordinal);

    private const string Joining =
        "a about above across after again against all almost also although always am among an and another any anyone anything are around as ask at away "
        + "back be because been before being below between both but by can could did do does done down due each either else enough etc even ever every "
        + "everybody everyone everything few for from further get give go going got had has have having he hence her here him his how however i if in "
        + "indeed instead into is it its itself just last least less let like lot lots made make makes making many may maybe me might mine more most much must my "
        + "myself near need needs neither never next no nobody none nor not nothing now of off often on once one ones only onto or other others otherwise "
        + "our ours out over own per perhaps put quite rather really said same say says see several shall she should since so some somebody someone "
        + "something sometimes still such than that the their them then there therefore these they thing things this those though through thus to today "
        + "together too toward two under unless until up upon us very via was way ways we well went were what whatever when where whether which while "
        + "who whole whom whose why will with within without would yes yet you your yours ";

    private const string Talk =
        "able absolutely actually afternoon agree amazing answer anyway apologies apply awesome best better big bit brilliant bye came care certain certainly "
        + "chance clear clearly colleague come common company completely confident conversation course cool day deal definitely doubt easy end enjoy "
        + "entirely everywhere exactly excellent experience expert fact feel fine first folks fun gave generally genuinely glad goes good grand great guess "
        + "guy happen happy hard hear heard hello help helps hi home honest honestly honour hope hour idea impressive interesting interview interviewer job keep kind "
        + "knew know known late later leader left life listen little long look looked looks love luck main manager matter matters mean means mention mind minute moment "
        + "month morning move moved name nice night obvious obviously ok okay old opinion paid part pay people perfect person personally place please point "
        + "possible pretty probably problem promise proud question quick quickly ran real reason remember rest right run sake saw sense serious set show "
        + "shows simple simply small smart somehow sorry sort special start stairs stop strong stuff sunday super sure surely take taken takes talk team tell "
        + "ten tend thank thanks think thought three time times told took topic totally tried true trust truth try turn twice type understand usual usually "
        + "view want wanted wants week weekend wonderful word work worked works world worse worst wow wrong year years yesterday young ";

    private const string AnyDesign =
        "accurate accurately achieve actionable adapt add advanced algorithm align aligned allow allows appropriate appropriately approach architecture area art aspect assess "
        + "attention aware balance based basic basically basis build business careful carefully case category challenge change choice choose chosen close closely "
        + "code collaborate combine complete complex complexity component comprehensive concern consider consideration context continuous continuously core correct "
        + "correctly create critical crucial current customer cutting data decide decision deep define deliver depend depending depends deploy design "
        + "detail detailed develop different difficult discuss drive edge effective effectively efficient efficiently engineer engineering ensure entire essential "
        + "evaluate evaluation evaluating evolve exist expect explain explore fast factor feature features field find fit focus follow forward foundation foundational full function fundamental future general goal "
        + "handle hand high highly holistic identify impact implement implementation importance important improve include including increase industry influence information "
        + "infrastructure innovative input insight integrate involve issue key large layer learn learning level leverage low machine maintain manage matter measure "
        + "meet method metric metrics model modeling models modern monitor monitoring natural need number objective optimal optimize option order organization output overall pattern "
        + "perform performance phase pipeline plan platform poor potential powerful practice predict prediction prefer prepare present principle priority problem process "
        + "product production project proper properly provide purpose quality range reach reflect regular relevant reliable reliably report represent require requirement "
        + "requirements research responsible result results robust role rule rules safe scalable science scope seamless select serious service serve serving "
        + "shine significant significantly similar situation slow software solid solution solve specific stage stakeholder standard state step strategy strength structure structured "
        + "success successful suit suitable support sustainable system systems task tech technical technique technology test tests thorough thoroughly tool train training "
        + "treat typical typically ultimately unreliable update use used useful user users using valid valuable value variety various vital wide world write ";

    /// <summary>The words as they are written, to put typing errors right.</summary>
    public static IEnumerable<string> Words => (Joining + Talk + AnyDesign).Split(' ', StringSplitOptions.RemoveEmptyEntries);

    /// <summary>Whether the word could stand in talk about anything.</summary>
    public static bool Is(Token token) => token.IsSign || Stems.Contains(token.Stem) || token.Plain.Length == 1;
}
