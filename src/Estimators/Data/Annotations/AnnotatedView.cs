using System.Text;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace Fovea.Data;

/// <summary>An annotated set as a data view: images with boxes, and what else the set says about them.</summary>
internal sealed class AnnotatedView : RowView
{
    /// <summary>One for each column: given the row the cursor stands at, its getter.</summary>
    private readonly List<Func<Func<int>, Delegate>> _getters;

    private AnnotatedView(DataViewSchema schema, int rows, List<Func<Func<int>, Delegate>> getters) : base(schema, rows) => _getters = getters;

    public static AnnotatedView Of(AnnotatedSet set)
    {
        var getters = new List<Func<Func<int>, Delegate>>();
        return new AnnotatedView(Build(set, getters), set.Images.Count, getters);
    }

    public override Delegate CreateGetter(int column, Func<int> row) => _getters[column](row);

    private static DataViewSchema Build(AnnotatedSet set, List<Func<Func<int>, Delegate>> getters)
    {
        var schema = new DataViewSchema.Builder();
        var images = set.Images;
        PerImage(BoxColumns.Image, TextDataViewType.Instance, image => image.Path.AsMemory());
        PerImage(BoxColumns.ImageWidth, NumberDataViewType.Int32, image => image.Width);
        PerImage(BoxColumns.ImageHeight, NumberDataViewType.Int32, image => image.Height);
        if (set.Has(AnnotationFields.ImageId))
            PerImage(BoxColumns.ImageId, NumberDataViewType.Int64, image => image.Id);

        schema.AddColumn(BoxColumns.BoundingBoxes, new VectorDataViewType(NumberDataViewType.Single));
        getters.Add(row => (ValueGetter<VBuffer<float>>)((ref VBuffer<float> value) => Boxes(images[row()].Objects, ref value)));
        schema.AddColumn(BoxColumns.Labels, new VectorDataViewType(new KeyDataViewType(typeof(uint), set.ClassNames.Count)), Classes(set));
        getters.Add(Vector(o => (uint)o.Box.Label + 1));

        PerObject(AnnotationFields.Crowd, BoxColumns.IsCrowd, BooleanDataViewType.Instance, o => o.Box.IsCrowd);
        PerObject(AnnotationFields.Difficult, BoxColumns.IsDifficult, BooleanDataViewType.Instance, o => o.IsDifficult);
        PerObject(AnnotationFields.Truncated, BoxColumns.IsTruncated, BooleanDataViewType.Instance, o => o.IsTruncated);
        PerObject(AnnotationFields.Pose, BoxColumns.Poses, TextDataViewType.Instance, o => (o.Pose ?? "").AsMemory());
        PerObject(AnnotationFields.Area, BoxColumns.Areas, NumberDataViewType.Single, o => o.Area);
        PerObject(AnnotationFields.Segmentation, BoxColumns.Segmentations, TextDataViewType.Instance, o => Encoding.UTF8.GetString(o.Segmentation.Span).AsMemory());
        PerObject(AnnotationFields.AnnotationId, BoxColumns.AnnotationIds, NumberDataViewType.Int64, o => o.Id);
        return schema.ToSchema();

        void PerImage<T>(string name, DataViewType type, Func<AnnotatedImage, T> take)
        {
            schema.AddColumn(name, type);
            getters.Add(row => (ValueGetter<T>)((ref T value) => value = take(images[row()])));
        }

        void PerObject<T>(AnnotationFields field, string name, PrimitiveDataViewType type, Func<AnnotatedObject, T> take)
        {
            if (!set.Has(field))
                return;
            schema.AddColumn(name, new VectorDataViewType(type));
            getters.Add(Vector(take));
        }

        Func<Func<int>, Delegate> Vector<T>(Func<AnnotatedObject, T> take) => row => (ValueGetter<VBuffer<T>>)((ref VBuffer<T> value) =>
        {
            var objects = images[row()].Objects;
            var editor = VBufferEditor.Create(ref value, objects.Count);
            for (var i = 0; i < objects.Count; i++)
                editor.Values[i] = take(objects[i]);
            value = editor.Commit();
        });
    }

    private static void Boxes(IReadOnlyList<AnnotatedObject> objects, ref VBuffer<float> value)
    {
        var editor = VBufferEditor.Create(ref value, objects.Count * 4);
        for (var i = 0; i < objects.Count; i++)
        {
            var box = objects[i].Box;
            (editor.Values[4 * i], editor.Values[4 * i + 1], editor.Values[4 * i + 2], editor.Values[4 * i + 3]) = (box.X0, box.Y0, box.X1, box.Y1);
        }
        value = editor.Commit();
    }

    /// <summary>Class names, and COCO's numbers and groups of the classes where it gave some.</summary>
    private static DataViewSchema.Annotations Classes(AnnotatedSet set)
    {
        var annotations = new DataViewSchema.Annotations.Builder();
        ClassKey.AddNames(annotations, "KeyValues", set.ClassNames);
        if (set.CategoryIds is { } ids)
        {
            var values = ids.ToArray();
            annotations.Add(BoxColumns.CategoryIds, new VectorDataViewType(NumberDataViewType.Int64, values.Length),
                (ref VBuffer<long> value) => VBuffer<long>.Copy(values, 0, ref value, values.Length));
        }
        if (set.Supercategories is { } groups)
            ClassKey.AddNames(annotations, BoxColumns.Supercategories, groups);
        return annotations.ToAnnotations();
    }
}
