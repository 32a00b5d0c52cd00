namespace Fovea.PowerShell;

/// <summary>How images and what is known of them lie on disk.</summary>
public enum DatasetFormat
{
    /// <summary>Found out by the names of files and folders.</summary>
    Auto,

    /// <summary>A folder for each class.</summary>
    Folder,

    /// <summary>MNIST's pair of files, plain or gzip.</summary>
    Idx,

    /// <summary>CIFAR-10 or CIFAR-100 in the binary version.</summary>
    Cifar,

    /// <summary>A manifest of comma or tab separated values.</summary>
    Csv,

    /// <summary>Pascal VOC's boxes.</summary>
    Voc,

    /// <summary>COCO's instances file.</summary>
    Coco,

    /// <summary>YOLO's data.yaml with text files of labels.</summary>
    Yolo,

    /// <summary>Images and index masks: two folders, CamVid's lists, or VOC's SegmentationClass.</summary>
    Mask,

    /// <summary>A folder for each person, in the order people count.</summary>
    Faces,
}
