namespace Microsoft.ML.Data;

/// <summary>Lists of names in the state of a model.</summary>
internal static class NameList
{
    public static void WriteNames(this BinaryWriter writer, IReadOnlyCollection<string> names)
    {
        writer.Write(names.Count);
        foreach (string name in names)
            writer.Write(name);
    }

    public static string[] ReadNames(this BinaryReader reader)
    {
        var names = new string[reader.ReadInt32()];
        for (int i = 0; i < names.Length; i++)
            names[i] = reader.ReadString();
        return names;
    }
}
