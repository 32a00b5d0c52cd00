namespace Fovea.Data;

/// <summary>Reads a file of an image whole; the file is open only while it is read.</summary>
internal static class ImageFile
{
    /// <param name="image">Whose <see cref="RawImage.Path"/> is read.</param>
    /// <param name="content">Gets the bytes.</param>
    /// <exception cref="FileNotFoundException">The file is not there.</exception>
    /// <exception cref="InvalidDataException">It is empty, a folder, too large or may not be read.</exception>
    public static void Read(RawImage image, RawImage content)
    {
        var path = image.Path!;
        try
        {
            using var handle = File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, FileOptions.SequentialScan);
            var length = RandomAccess.GetLength(handle);
            if (length == 0)
                throw new InvalidDataException($"'{path}' (row {image.Row}) is empty: 0 bytes. Replace it or leave it out.");
            if (length > Array.MaxLength)
                throw new InvalidDataException($"'{path}' (row {image.Row}) has {length} bytes; an image file can have at most {Array.MaxLength}.");
            var bytes = content.Resize((int)length);
            for (var read = 0; read < bytes.Length;)
            {
                var count = RandomAccess.Read(handle, bytes[read..], read);
                if (count == 0)
                    throw new InvalidDataException($"'{path}' (row {image.Row}) became shorter while it was read.");
                read += count;
            }
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new FileNotFoundException($"There is no image file '{path}' (row {image.Row})."
                + (Path.IsPathRooted(path) ? "" : $" A relative path is taken from the current folder, '{Directory.GetCurrentDirectory()}'."), path, e);
        }
        catch (UnauthorizedAccessException e)
        {
            throw new InvalidDataException(Directory.Exists(path)
                ? $"'{path}' (row {image.Row}) is a folder, not an image file."
                : $"'{path}' (row {image.Row}) may not be read by this user.", e);
        }
    }
}
