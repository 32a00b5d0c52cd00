using TorchSharp;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Fovea.Tests.Compat.Modules;

/// <summary>Every loss with every reduction against PyTorch (tests/Reference/torchsharp/losses.py).</summary>
public class LossTests
{
    private static readonly ReferenceFile Reference = new("losses");

    private static readonly Dictionary<string, Func<Reduction, Module>> Cases = new()
    {
        ["CrossEntropyLoss"] = r => CrossEntropyLoss(reduction: r),
        ["CrossEntropyLoss_weight"] = r => CrossEntropyLoss(Weight, reduction: r),
        ["CrossEntropyLoss_ignore"] = r => CrossEntropyLoss(ignore_index: 1, reduction: r),
        ["CrossEntropyLoss_smooth"] = r => new TorchSharp.Modules.CrossEntropyLoss(Weight, 1, r, label_smoothing: 0.2),
        ["CrossEntropyLoss_pixels"] = r => CrossEntropyLoss(reduction: r),
        ["CrossEntropyLoss_probabilities"] = r => new TorchSharp.Modules.CrossEntropyLoss(Weight, null, r, label_smoothing: 0.1),
        ["NLLLoss"] = r => NLLLoss(Weight, r),
        ["NLLLoss_pixels"] = r => NLLLoss(reduction: r),
        ["BCELoss"] = r => BCELoss(reduction: r),
        ["BCELoss_weight"] = r => BCELoss(Weight, r),
        ["BCEWithLogitsLoss"] = r => BCEWithLogitsLoss(reduction: r),
        ["BCEWithLogitsLoss_weight"] = r => BCEWithLogitsLoss(Weight, r, 2 * Weight),
        ["MSELoss"] = r => MSELoss(r),
        ["L1Loss"] = r => L1Loss(r),
        ["SmoothL1Loss"] = r => SmoothL1Loss(r),
        ["SmoothL1Loss_beta"] = r => SmoothL1Loss(r, 0.3),
        ["HuberLoss"] = r => HuberLoss(0.6, r),
        ["KLDivLoss"] = r => KLDivLoss(true, r),
        ["KLDivLoss_probabilities"] = r => KLDivLoss(false, r),
        ["PoissonNLLLoss"] = r => PoissonNLLLoss(reduction: r),
        ["PoissonNLLLoss_full"] = r => PoissonNLLLoss(log_input: false, full: true, reduction: r),
        ["GaussianNLLLoss"] = r => GaussianNLLLoss(eps: 1e-6f, reduction: r),
        ["GaussianNLLLoss_full"] = r => GaussianNLLLoss(full: true, eps: 1e-6f, reduction: r),
        ["SoftMarginLoss"] = r => SoftMarginLoss(r),
        ["HingeEmbeddingLoss"] = r => HingeEmbeddingLoss(0.7, r),
        ["CosineEmbeddingLoss"] = r => CosineEmbeddingLoss(0.1, r),
        ["MarginRankingLoss"] = r => MarginRankingLoss(0.3, r),
        ["TripletMarginLoss"] = r => TripletMarginLoss(reduction: r),
        ["TripletMarginLoss_swap"] = r => TripletMarginLoss(2.0, 1, swap: true, reduction: r),
        ["TripletMarginWithDistanceLoss"] = r => TripletMarginWithDistanceLoss((a, b) => (a - b).abs().sum(1), 2.0, swap: true, reduction: r),
        ["MultiLabelMarginLoss"] = r => MultiLabelMarginLoss(r),
        ["MultiLabelSoftMarginLoss"] = r => MultiLabelSoftMarginLoss(Weight, r),
        ["MultiMarginLoss"] = r => MultiMarginLoss(2, 0.8, Weight, r),
        ["CTCLoss"] = r => CTCLoss(1, reduction: r),
    };

    private static Tensor Weight => Reference.Tensor("weight/input0");

    public static TheoryData<string, Reduction> Names
    {
        get
        {
            var data = new TheoryData<string, Reduction>();
            foreach (var name in Cases.Keys)
                foreach (var reduction in Reductions(name)) data.Add(name, reduction);
            return data;
        }
    }

    [Fact]
    public void Cases_OfTheReference_AreAllTested() =>
        Assert.Equal(
            Reference.Cases.Where(name => name != "weight").Order(StringComparer.Ordinal),
            Cases.Keys.SelectMany(name => Reductions(name).Select(reduction => Case(name, reduction))).Order(StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(Names))]
    public void Loss_HasPyTorchsValueAndGradients(string name, Reduction reduction)
    {
        using var scope = NewDisposeScope();
        using var loss = Cases[name](reduction);
        // float64 sums in another order; TorchSharp has half the logarithm of 2 pi in float32 (GaussianNLLLoss) and eps as float32 (PoissonNLLLoss).
        Numbers.SameAsRecorded(Reference, Case(name, reduction), x => [Call(loss, x)], name.Contains("full") ? 1e-6 : 1e-12);
    }

    [Fact]
    public void CrossEntropy_OfTwoRows_IsWhatTheFormulaGives()
    {
        using var scope = NewDisposeScope();
        var logits = tensor(new[] { 0.0, Math.Log(3), Math.Log(2), 0.0 }, [2, 2]);
        var loss = functional.cross_entropy(logits, tensor(new[] { 1L, 1L }));
        // Probabilities of the right classes: 3 of 4 and 1 of 3.
        Assert.Equal((Math.Log(4.0 / 3) + Math.Log(3)) / 2, loss.item<double>(), 1e-15);
    }

    // Rows without a reduction have another shape in TorchSharp than in PyTorch.
    private static Reduction[] Reductions(string name) =>
        name.StartsWith("Gaussian") ? [Reduction.Mean, Reduction.Sum] : Enum.GetValues<Reduction>();

    private static string Case(string name, Reduction reduction) => $"{name}_{reduction.ToString().ToLowerInvariant()}";

    private static Tensor Call(Module loss, Tensor[] x) => loss switch
    {
        Module<Tensor, Tensor, Tensor> two => two.call(x[0], x[1]),
        Module<Tensor, Tensor, Tensor, Tensor> three => three.call(x[0], x[1], x[2]),
        Module<Tensor, Tensor, Tensor, Tensor, Tensor> four => four.call(x[0], x[1], x[2], x[3]),
        _ => throw new InvalidOperationException($"{loss.GetName()} takes other arguments"),
    };
}
