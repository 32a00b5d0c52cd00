using System.Globalization;
using System.Text.Json;
using Fovea.Detection.Evaluation;
using Microsoft.ML;
using Spectre.Console;

namespace Fovea.Benchmarks;

/// <summary>COCO's numbers of a set as large as its validation set, next to pycocotools: from the two files to the figures, without images.</summary>
internal static class EvaluationBench
{
    private const int Rounds = 3, Images = 5000, Objects = 36_000, PerImage = 100, Classes = 80;

    /// <param name="root">The repository.</param>
    /// <returns>What goes into the file of figures.</returns>
    public static object? Run(string root)
    {
        var folder = Directory.CreateTempSubdirectory("fovea-bench-");
        try
        {
            var (truth, results) = (Path.Combine(folder.FullName, "truth.json"), Path.Combine(folder.FullName, "results.json"));
            Write(truth, results);
            var ml = new MLContext(0);
            using var peer = SideProcess.TryStart("/usr/bin/python3", [Path.Combine(root, "benchmarks", "peers", "evaluation.py"), truth, results])
                ?? SideProcess.TryStart("python3", [Path.Combine(root, "benchmarks", "peers", "evaluation.py"), truth, results]);
            if (peer is null)
                Console.WriteLine("pycocotools was not found; only Fovea is measured. Set PYTHONPATH to where it lies.");
            var (mine, figures, theirs) = (new List<double>(), new List<double>(), new List<double>());
            var ap = 0.0;
            for (var round = 0; round < Rounds; round++)
            {
                var clock = System.Diagnostics.Stopwatch.StartNew();
                var set = CocoDetections.Read(truth, results, masks: false);
                var read = clock.Elapsed.TotalSeconds;
                ap = set.Evaluate(new DetectionEvaluation()).AP;
                mine.Add(clock.Elapsed.TotalSeconds);
                figures.Add(clock.Elapsed.TotalSeconds - read);
                if (peer is not null)
                    theirs.Add(peer.Run(1));
            }
            var table = new Table { Border = TableBorder.Simple };
            table.AddColumns($"seconds, {Images} images, {Objects} objects, {PerImage} predictions each", "Fovea", "pycocotools", "ratio");
            var a = Measurement.Of(mine);
            var b = peer is null ? null : Measurement.Of(theirs);
            var ratio = peer is null ? null : Measurement.Of(theirs.Zip(mine, (t, m) => t / m));
            table.AddRow("files to figures", Text(a), Text(b), Text(ratio));
            table.AddRow("of that the figures", Text(Measurement.Of(figures)), "", "");
            AnsiConsole.Write(table);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{Rounds} alternating rounds, medians (lowest–highest). AP {ap:0.000000}; pycocotools: {peer?.Ask("AP") ?? "-"}. Peer: {peer?.Description ?? "none"}."));
            return new { peer = peer?.Description, unit = "s", rounds = Rounds, images = Images, objects = Objects, predictions = PerImage * Images, fovea = a, figures = Measurement.Of(figures), pycocotools = b, ratio };
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    /// <summary>Objects of all sizes, most of them found more or less well, and false alarms; classes as uneven as in photographs.</summary>
    private static void Write(string truthPath, string resultsPath)
    {
        var random = new Random(0);
        var objects = Enumerable.Range(0, Objects).Select(i => (Image: i < Images ? i : random.Next(Images), Label: (int)(Classes * Math.Pow(random.NextDouble(), 2)), Box: NewBox())).ToList();
        using (var file = File.Create(truthPath))
            JsonSerializer.Serialize(file, new
            {
                images = Enumerable.Range(0, Images).Select(i => new { id = i + 1, width = 640, height = 480, file_name = $"{i}.jpg" }),
                annotations = objects.Select((o, i) => new { id = i + 1, image_id = o.Image + 1, category_id = o.Label + 1, bbox = o.Box, area = o.Box[2] * o.Box[3] * 0.7, iscrowd = i % 100 == 0 ? 1 : 0 }),
                categories = Enumerable.Range(1, Classes).Select(k => new { id = k, name = $"class {k}" }),
            });
        var byImage = objects.ToLookup(o => o.Image);
        using (var file = File.Create(resultsPath))
            JsonSerializer.Serialize(file, Enumerable.Range(0, Images).SelectMany(image =>
            {
                var here = byImage[image].ToList();
                return Enumerable.Range(0, PerImage).Select(i =>
                {
                    if (i % 4 != 0)
                        return new { image_id = image + 1, category_id = 1 + random.Next(Classes), bbox = NewBox(), score = Math.Round(random.NextDouble() * 0.6, 3) };
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

    private static string Text(Measurement? m) => m?.Text("0.00") ?? "-";
}
