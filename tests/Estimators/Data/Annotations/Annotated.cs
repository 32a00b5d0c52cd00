using System.Text;
using Fovea.Data;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace Fovea.Tests.Data;

/// <summary>What the tests of annotation formats share: small files, and views read back.</summary>
internal static class Annotated
{
    public static readonly VisionData Data = new();

    public static string WriteText(this TempFolder folder, string name, string text) => folder.Write(name, Encoding.UTF8.GetBytes(text));

    /// <summary>An image file of the size: a header and pixels of one bit.</summary>
    public static string WriteImage(this TempFolder folder, string name, int width, int height) =>
        folder.Write(name, [.. Encoding.ASCII.GetBytes($"P5 {width} {height} 255\n"), .. new byte[width * height]]);

    public static AnnotatedSet Set(IDataView view) => ViewSet.Read(view);

    public static List<AnnotatedObject> Objects(IDataView view) => [.. Set(view).Images.SelectMany(i => i.Objects)];

    public static string[] ClassNames(IDataView view)
    {
        VBuffer<ReadOnlyMemory<char>> names = default;
        view.Schema["Labels"].GetKeyValues(ref names);
        return [.. names.DenseValues().Select(n => n.ToString())];
    }

    /// <summary>How many objects of each class.</summary>
    public static Dictionary<string, int> Counts(IDataView view)
    {
        var names = ClassNames(view);
        return Objects(view).CountBy(o => names[o.Box.Label]).ToDictionary();
    }

    public static string Text(this ReadOnlyMemory<byte> segmentation) => Encoding.UTF8.GetString(segmentation.Span);

    /// <summary>All that two sets say, but where their files lie and what they are called there.</summary>
    public static void AssertSame(AnnotatedSet wanted, AnnotatedSet got, AnnotationFields fields, float boxTolerance = 0)
    {
        Assert.Equal(wanted.ClassNames, got.ClassNames);
        Assert.Equal(wanted.Images.Select(i => (Path.GetFileName(i.Path), i.Width, i.Height)), got.Images.Select(i => (Path.GetFileName(i.Path), i.Width, i.Height)));
        foreach (var (a, b) in wanted.Images.Zip(got.Images))
        {
            if (fields.HasFlag(AnnotationFields.ImageId))
                Assert.Equal(a.Id, b.Id);
            Assert.Equal(a.Objects.Count, b.Objects.Count);
            foreach (var (x, y) in a.Objects.Zip(b.Objects))
            {
                Assert.Equal(x.Box.Label, y.Box.Label);
                Assert.Equal(x.Box.X0, y.Box.X0, boxTolerance);
                Assert.Equal(x.Box.Y0, y.Box.Y0, boxTolerance);
                Assert.Equal(x.Box.X1, y.Box.X1, boxTolerance);
                Assert.Equal(x.Box.Y1, y.Box.Y1, boxTolerance);
                Same(AnnotationFields.Crowd, o => o.Box.IsCrowd);
                Same(AnnotationFields.Difficult, o => o.IsDifficult);
                Same(AnnotationFields.Truncated, o => o.IsTruncated);
                Same(AnnotationFields.Pose, o => o.Pose ?? "");
                Same(AnnotationFields.Area, o => o.Area);
                Same(AnnotationFields.Segmentation, o => o.Segmentation.Text());
                Same(AnnotationFields.AnnotationId, o => o.Id);

                void Same<T>(AnnotationFields field, Func<AnnotatedObject, T> take)
                {
                    if (fields.HasFlag(field))
                        Assert.Equal(take(x), take(y));
                }
            }
        }
    }
}
