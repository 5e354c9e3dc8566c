using System.Collections.Immutable;

namespace BotPlatform.Adapters.Tests.Content.Metamorphic;

/// <summary>What people add to answers in the hope of a better score, without saying anything.</summary>
internal static class WorthlessTexts
{
    public static readonly ImmutableArray<string> Praise =
    [
        "Great question, by the way! I really enjoy this conversation and I think you are a wonderful interviewer.",
        "I am sure this is an excellent answer, one of the best you will hear, and it shows how much experience I have.",
        "I have to say your company does amazing work. It would be an honour to join such a brilliant team, because you are the leaders in this field.",
        "That was a strong answer if I may say so myself, better than most, and I am very proud of it.",
        "Excellent point, you are absolutely right, thanks so much for asking that!",
        "My last three managers told me that I am the best system designer they have ever worked with.",
    ];

    /// <summary>To be put before a sentence.</summary>
    public static readonly ImmutableArray<string> Confident =
    [
        "Obviously, ",
        "Of course, ",
        "Without any doubt, ",
        "I am absolutely certain that ",
        "It is a well known fact that ",
        "As everyone in the industry knows, ",
        "Trust me, ",
        "In my 10 years of experience I can say with confidence that ",
        "There is no question that ",
        "Clearly, I know for a fact that ",
        "I think that ",
        "Perhaps, ",
    ];

    public static readonly ImmutableArray<string> OffTopic =
    [
        "By the way, we went to the lake on Sunday because the weather was so nice, but the water was colder than last year.",
        "Did you see the match yesterday? They lost 3:1 because the keeper was injured, so the coach will probably have to go.",
        "My grandmother's soup needs 2 kg of carrots and 40 minutes on low heat, otherwise it tastes of nothing.",
        "Sorry, my dog is barking, somebody is at the door. He does that every morning rather than sleeping like other dogs.",
        "I moved here in 2019. Rent was cheaper then, around $900 a month, while today you pay twice as much for less room.",
        "The train was 25 minutes late today, so I had to run, and then the elevator was broken and I took the stairs instead.",
    ];

    public static readonly ImmutableArray<string> Keywords =
    [
        "Kafka, Spark, Flink, Redis, Kubernetes, Airflow, feature store, two-tower, BERT, transformers, XGBoost, NDCG, A/B testing, drift detection.",
        "Keywords: embeddings, ANN, HNSW, FAISS, negative sampling, hard negatives, contrastive loss, distillation, quantization, calibration.",
        "- feature store\n- canary\n- shadow deployment\n- rollback\n- data drift\n- PSI\n- retraining\n- feedback loop\n- guardrail metrics\n- interleaving",
        "precision recall F1 AUC PR-AUC log loss NDCG MRR MAP calibration slices fairness guardrails power analysis",
        "caching / sharding / autoscaling / batching / GPU / TPU / quantization / multi-region / fallback / circuit breaker / canary",
        "cold start, privacy, GDPR, leakage, time-based split, class imbalance, downsampling, label noise, position bias, exploration, data contracts, feature parity",
        "latency, throughput, QPS, DAU, freshness, availability, scalability, privacy, cost, fairness, reliability, observability",
        "#machinelearning #mlops #featurestore #embeddings #drift #monitoring #abtesting #deeplearning",
    ];

    public static readonly ImmutableArray<string> Articles =
    [
        "A recommender system is a subclass of information filtering system that provides suggestions for items that are most pertinent to a particular "
            + "user. Collaborative filtering approaches build a model from the past behavior of a user, such as items previously purchased or numerical "
            + "ratings given to those items, as well as similar decisions made by other users. Content-based filtering approaches utilize a series of "
            + "discrete, pre-tagged characteristics of an item in order to recommend additional items with similar properties. Most current systems "
            + "combine one or more approaches into a hybrid system, because each of them has weaknesses that the other does not share.",
        "Gradient boosting is a machine learning technique that produces a prediction model in the form of an ensemble of weak prediction models, "
            + "typically decision trees. The term concept drift refers to a change in the statistical properties of the target variable over time, which "
            + "causes predictions to become less accurate as time passes. In order to prevent deterioration, models are commonly retrained on recent data, "
            + "and their input distributions are monitored with measures such as the population stability index. Canary releases are widely used in "
            + "industry to reduce the risk of introducing a new version by rolling out the change to a small subset of users.",
        "In information retrieval, normalized discounted cumulative gain is a measure of ranking quality that is often used to measure the effectiveness "
            + "of search engines. Precision is the fraction of relevant instances among the retrieved instances, while recall is the fraction of relevant "
            + "instances that were retrieved. A/B testing is a method of comparing two versions of a product against each other to determine which one "
            + "performs better, and statistical power is the probability that the test correctly rejects the null hypothesis. Interleaving is an "
            + "alternative that requires fewer users than an A/B test, since every user serves as their own control.",
    ];

    public static readonly ImmutableArray<string> Filler =
    [
        "It is really important to think carefully about this part, because a good system needs a good foundation and good decisions.",
        "At the end of the day what matters is that the data is good and the model is good, so that the users are happy with the results.",
        "There are many aspects to consider here, and each of them has to be looked at in detail before we can move forward with the design.",
        "Evaluation is a key part of any machine learning project, so we need to make sure that we evaluate it properly and choose the right metrics.",
        "Monitoring matters because without monitoring we would not know whether the model is doing well or not.",
        "We should choose an architecture which is appropriate for the problem, rather than one which is not appropriate for it.",
        "Of course features matter a great deal, and having better features is better than having worse features.",
        "The serving part has to be fast and reliable, because otherwise the service would be slow and unreliable.",
        "We have to find the right balance between the different requirements, but that depends on many different factors.",
        "In general the more data we have the better the model will be, although the quality of the data is important too.",
        "I would work closely with all stakeholders to understand their needs and make sure that everybody is aligned on the goals.",
        "We would then train the model on the training data, evaluate it on the test data and deploy it to production so that people can use it.",
        "Let me think about this step by step and go through everything that is relevant here in a structured way, since structure helps a lot.",
        "This is where machine learning really shines, because it can learn patterns from data instead of us having to write rules by hand.",
    ];
}
