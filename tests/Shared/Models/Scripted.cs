namespace BotPlatform.Tests.Shared.Models;

/// <summary>What the test wants answered, waited for and sent.</summary>
internal static class Scripted
{
    private const string Stub = "a text too long to be built";

    public static async Task<ModelAnswer> AnswerAsync(
        Func<ModelRequest, ModelAnswer> answers, ModelRequest request, CancellationToken cancellation)
    {
        var answer = Ask(answers, request);
        while (true)
        {
            switch (answer)
            {
                case ModelAnswer.Delayed delayed:
                    await Task.Delay(delayed.Delay, cancellation);
                    answer = delayed.Then;
                    break;
                case ModelAnswer.Held held:
                    await held.Until.WaitAsync(cancellation);
                    answer = held.Then;
                    break;
                default:
                    return answer;
            }
        }
    }

    /// <param name="shape">Puts a reply, and the characters to be paid for, into the words of the protocol.</param>
    public static async Task SendAsync(ModelAnswer answer, Delivery delivery, Func<Reply, int, string> shape)
    {
        string Shaped(ReplyKind kind, string text) => shape(new Reply(kind, text), text.Length);
        await (answer switch
        {
            ModelAnswer.Text text => delivery.JsonAsync(Shaped(ReplyKind.Complete, text.Content)),
            ModelAnswer.Cut cut => delivery.JsonAsync(Shaped(ReplyKind.Cut, cut.Content)),
            ModelAnswer.Refusal refusal => delivery.JsonAsync(Shaped(ReplyKind.Refusal, refusal.Reason)),
            ModelAnswer.ToolCall call => delivery.JsonAsync(Shaped(ReplyKind.ToolCall, call.Name)),
            ModelAnswer.EmptyChoices => delivery.JsonAsync(Shaped(ReplyKind.Empty, "")),
            ModelAnswer.Huge huge => delivery.HugeAsync(shape(new Reply(ReplyKind.Complete, Stub), huge.Bytes), Stub, huge.Bytes),
            ModelAnswer.Status status => delivery.StatusAsync(status),
            ModelAnswer.BrokenBody => delivery.BrokenBodyAsync(),
            ModelAnswer.WrongContentType => delivery.PageAsync(),
            ModelAnswer.HalfJson half => Done(() => delivery.Half(Shaped(ReplyKind.Complete, half.Content))),
            ModelAnswer.CutConnection cut => Done(() => delivery.Cut(cut.AfterHeaders)),
            _ => throw new InvalidOperationException($"no way to send {answer}"),
        });
    }

    private static ModelAnswer Ask(Func<ModelRequest, ModelAnswer> answers, ModelRequest request)
    {
        try
        {
            return answers(request);
        }
#pragma warning disable CA1031 // Whatever goes wrong in a test's script, the test is to hear of it.
        catch (Exception wrong)
#pragma warning restore CA1031
        {
            throw new RefusedException(500, $"the test had no answer to request {request.Number}: {wrong.Message}");
        }
    }

    private static Task Done(Action what)
    {
        what();
        return Task.CompletedTask;
    }
}
