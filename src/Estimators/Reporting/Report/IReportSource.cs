using Microsoft.ML;

namespace Fovea.Reporting;

/// <summary>A model of this library that can be reported on.</summary>
internal interface IReportSource : ITransformer
{
    /// <summary>What its room has to say.</summary>
    /// <param name="predictions">Rows with the truth and what the model made of them; null for a report of the training alone.</param>
    /// <param name="options">Without problems.</param>
    ReportContent Describe(IDataView? predictions, ReportOptions options);
}
