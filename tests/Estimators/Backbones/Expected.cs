using System.Text.Json;
using System.Text.Json.Serialization;
using static TorchSharp.torch;

namespace Fovea.Tests.Backbones;

/// <summary>Numbers of PyTorch, and the comparison with them.</summary>
internal static class Expected
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { Converters = { new JsonStringEnumConverter() } };

    public static T Read<T>(string file) =>
        JsonSerializer.Deserialize<T>(File.ReadAllText(TestData.Reference(Path.Combine("estimators", file))), Json)!;

    /// <param name="expected">Of each key norm and product, as <see cref="Formula.Probe"/>.</param>
    /// <param name="actual">The tensors.</param>
    /// <param name="tolerance">Of both numbers, as a part of the norm.</param>
    public static void Same(IReadOnlyDictionary<string, double[]> expected, IEnumerable<(string Key, Tensor Tensor)> actual, double tolerance)
    {
        var tensors = actual.ToDictionary(a => a.Key, a => a.Tensor);
        Assert.Equal(expected.Keys.Order(StringComparer.Ordinal), tensors.Keys.Order(StringComparer.Ordinal));
        foreach (var (key, wanted) in expected)
        {
            var (norm, product) = Formula.Probe(key, tensors[key]);
            var room = tolerance * wanted[0];
            Assert.True(Math.Abs(norm - wanted[0]) <= room && Math.Abs(product - wanted[1]) <= room,
                $"{key}: norm {norm:g9} and product {product:g9}, PyTorch has {wanted[0]:g9} and {wanted[1]:g9}, tolerance {room:g2}");
        }
    }

    /// <param name="tolerance">Of each number, as a part of the largest.</param>
    public static void Same(IReadOnlyList<double[]> expected, Tensor actual, double tolerance)
    {
        Assert.Equal([expected.Count, expected[0].Length], actual.shape);
        var values = actual.detach().contiguous().data<float>().ToArray();
        var room = tolerance * expected.Max(row => row.Max(Math.Abs));
        foreach (var (wanted, i) in expected.SelectMany(row => row).Select((v, i) => (v, i)))
            Assert.Equal(wanted, values[i], room);
    }
}
