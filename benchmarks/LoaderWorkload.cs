using Fovea.Data;
using Microsoft.ML;

namespace Fovea.Benchmarks;

/// <summary>What both sides make batches of, and how; <c>peers/loader.py</c> does the same with torchvision.</summary>
internal sealed record LoaderWorkload(string Name, int Batch, ImageInput Input, Augmentation Augmentation)
{
    /// <summary>BCCD's photographs, 640 x 480.</summary>
    public static readonly LoaderWorkload Photos = new("photos", 32, ImageInput.Create(256, 256, 3),
        new Augmentation().Flip().Affine(rotate: 15, scale: (0.8, 1.2), translate: 0.1, shear: 5).ColorJitter(0.2, 0.2, 0.2, 0.05));

    /// <summary>Fashion-MNIST's training images.</summary>
    public static readonly LoaderWorkload Fashion = new("fashion", 128, ImageInput.Create(28, 28, 1), new Augmentation().Shift(2).Flip());

    public static LoaderWorkload Of(string name) => name == Photos.Name ? Photos : Fashion;

    /// <summary>Where the images are below a folder of shared data.</summary>
    public string Folder(string shared) => Path.Combine(shared, "data", this == Photos ? "bccd/BCCD/JPEGImages" : "fashion-mnist");

    public IDataView View(string folder)
    {
        var ml = new MLContext(0);
        return this == Photos
            ? ml.Data.LoadFromEnumerable(Directory.GetFiles(folder, "*.jpg").Order(StringComparer.Ordinal).Select(path => new Photo { Image = path }))
            : ml.Vision.Data.FromIdx(Path.Combine(folder, "train-images-idx3-ubyte.gz"), Path.Combine(folder, "train-labels-idx1-ubyte.gz"));
    }

    private sealed class Photo
    {
        public string Image { get; set; } = "";
    }
}
