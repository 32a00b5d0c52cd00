using System.Text.Json;
using Fovea.Storage;
using static TorchSharp.torch;

namespace Fovea.Benchmarks;

/// <summary>Truths and predictions that are as wrong as those of trained networks; files that both sides read.</summary>
internal static class EvaluationWorkload
{
    /// <summary>Of the classifier: rows and classes.</summary>
    public const int Rows = 100_000, Classes = 10;

    /// <summary>Of the masks: how many, their height and width, and classes.</summary>
    public const int Masks = 64, Side = 512, MaskClasses = 21;

    /// <summary>Of the boxes: images, objects in all of them, predictions in each, classes.</summary>
    public const int Images = 500, Objects = 3_600, Predictions = 100, BoxClasses = 80;

    /// <summary>A pixel of this value counts nowhere.</summary>
    public const int Ignored = 255;

    /// <summary>Writes classes.safetensors: labels, (N,), int64, and scores, (N, K), float32.</summary>
    public static void WriteClasses(string folder)
    {
        manual_seed(0);
        using var scope = NewDisposeScope();
        var labels = randint(0, Classes, [Rows], ScalarType.Int64);
        var logits = randn(Rows, Classes) + (nn.functional.one_hot(labels, Classes) * 2.5f);
        SafetensorsFile.Write(Path.Combine(folder, "classes.safetensors"), new Dictionary<string, Tensor> { ["labels"] = labels, ["scores"] = logits.softmax(1) });
    }

    /// <summary>Writes masks.safetensors: truth and predicted, (N, H, W), uint8: regions, predicted a few pixels beside.</summary>
    public static void WriteMasks(string folder)
    {
        manual_seed(0);
        using var scope = NewDisposeScope();
        var regions = nn.functional.interpolate(randint(0, MaskClasses, [Masks, 1, 24, 24]).to(ScalarType.Float32), [Side, Side], mode: InterpolationMode.Nearest).squeeze(1).to(ScalarType.Byte);
        var predicted = regions.roll([5, -3], [1, 2]);
        var truth = regions.masked_fill(rand(Masks, Side, Side) < 0.03, Ignored);
        SafetensorsFile.Write(Path.Combine(folder, "masks.safetensors"), new Dictionary<string, Tensor> { ["truth"] = truth, ["predicted"] = predicted.contiguous() });
    }

    /// <summary>
    /// Writes truth.json and results.json: objects of all sizes, most of them found more or less well, and false alarms; classes as uneven as
    /// in photographs.
    /// </summary>
    public static void WriteBoxes(string folder)
    {
        var random = new Random(0);
        var objects = Enumerable.Range(0, Objects).Select(i => (Image: i < Images ? i : random.Next(Images), Label: (int)(BoxClasses * Math.Pow(random.NextDouble(), 2)), Box: NewBox())).ToList();
        using (var file = File.Create(Path.Combine(folder, "truth.json")))
            JsonSerializer.Serialize(file, new
            {
                images = Enumerable.Range(0, Images).Select(i => new { id = i + 1, width = 640, height = 480, file_name = $"{i}.jpg" }),
                annotations = objects.Select((o, i) => new { id = i + 1, image_id = o.Image + 1, category_id = o.Label + 1, bbox = o.Box, area = o.Box[2] * o.Box[3] * 0.7, iscrowd = i % 100 == 0 ? 1 : 0 }),
                categories = Enumerable.Range(1, BoxClasses).Select(k => new { id = k, name = $"class {k}" }),
            });
        var byImage = objects.ToLookup(o => o.Image);
        using (var file = File.Create(Path.Combine(folder, "results.json")))
            JsonSerializer.Serialize(file, Enumerable.Range(0, Images).SelectMany(image =>
            {
                var here = byImage[image].ToList();
                return Enumerable.Range(0, Predictions).Select(i =>
                {
                    if (i % 4 != 0)
                        return new { image_id = image + 1, category_id = 1 + random.Next(BoxClasses), bbox = NewBox(), score = Math.Round(random.NextDouble() * 0.6, 3) };
                    var of = here[random.Next(here.Count)];
                    double[] box = [.. of.Box.Select((v, k) => Math.Round(v + (random.NextDouble() - 0.5) * 0.3 * of.Box[2 + k % 2], 2))];
                    return new { image_id = image + 1, category_id = 1 + of.Label, bbox = box, score = Math.Round(0.2 + random.NextDouble() * 0.8, 3) };
                });
            }));

        double[] NewBox()
        {
            var side = 10 * Math.Pow(40, random.NextDouble());
            return [Math.Round(random.NextDouble() * 500, 2), Math.Round(random.NextDouble() * 400, 2), Math.Round(side * (0.5 + random.NextDouble()), 2), Math.Round(side * (0.5 + random.NextDouble()), 2)];
        }
    }
}
