namespace Microsoft.ML.Runtime;

/// <summary>Takes reports of progress; nobody listens to them.</summary>
public interface IProgressChannel : IProgressChannelProvider, IDisposable
{
    void SetHeader(ProgressHeader header, Action<IProgressEntry> fillAction);

    void Checkpoint(params double?[] values);
}
