using System.IO.Compression;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace Fovea.Storage;

/// <summary>The ML.NET transformers before or after a vision model, in ML.NET's own format.</summary>
internal static class MLNetPart
{
    /// <summary>What a part's content may come to when it is unpacked: ML.NET reads it into memory.</summary>
    private const long LargestContent = 4L << 30;

    /// <returns>Null for no transformers.</returns>
    /// <exception cref="ArgumentException">ML.NET cannot save one of them; the message names it.</exception>
    public static byte[]? Write(MLContext context, IReadOnlyList<ChainLink> links)
    {
        if (links.Count == 0)
            return null;
        try
        {
            return Bytes(context, links);
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            var culprit = links.FirstOrDefault(link => !CanBeSaved(context, link), links[0]).Transformer.GetType().Name;
            throw new ArgumentException($"The chain holds a {culprit}, which ML.NET cannot save: {e.Message.TrimEnd('.')}. "
                + "Leave it out of the chain, or give it what ML.NET wants (a custom mapping: a contract name and a factory). Nothing was written.", e);
        }
    }

    /// <param name="context">Makes the transformers.</param>
    /// <param name="part">What <see cref="Write"/> gave, or null for no transformers.</param>
    /// <param name="source">The file and entry, for messages.</param>
    /// <exception cref="InvalidDataException">ML.NET cannot read it; the message says why.</exception>
    public static IReadOnlyList<ChainLink> Read(MLContext context, byte[]? part, string source)
    {
        if (part is null)
            return [];
        using var stream = new MemoryStream(part, writable: false);
        try
        {
            CheckContent(stream, source);
            stream.Position = 0;
            return ChainLink.Of(context.Model.Load(stream, out _));
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            throw new InvalidDataException($"'{source}' cannot be read by ML.NET: {e.GetBaseException().Message.TrimEnd('.')}. "
                + "The program must reference the packages, and the version of ML.NET, that the chain was made with.", e);
        }
    }

    private static byte[] Bytes(MLContext context, IReadOnlyList<ChainLink> links)
    {
        using var stream = new MemoryStream();
        // The schema is left out: a chain gets one from the data it is applied to.
        context.Model.Save(new TransformerChain<ITransformer>(links.Select(l => l.Transformer), links.Select(l => l.Scope)), null!, stream);
        // The time of saving is the only part of it that would make the same model give other bytes.
        stream.Position = 0;
        using (var archive = new ZipArchive(stream, ZipArchiveMode.Update, leaveOpen: true))
            foreach (var entry in archive.Entries)
                entry.LastWriteTime = ModelFile.Timeless;
        return stream.ToArray();
    }

    private static bool CanBeSaved(MLContext context, ChainLink link)
    {
        try
        {
            Bytes(context, [link]);
            return true;
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            return false;
        }
    }

    /// <summary>A small file must not ask for much memory.</summary>
    private static void CheckContent(Stream stream, string source)
    {
        using var archive = new ZipArchive(stream, ZipArchiveMode.Read, leaveOpen: true);
        var content = archive.Entries.Sum(entry => entry.Length);
        if (content > LargestContent)
            throw new InvalidDataException($"'{source}' unpacks to {content} bytes; at most {LargestContent} are allowed");
    }
}
