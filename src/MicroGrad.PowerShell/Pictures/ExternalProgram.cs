using System.Diagnostics;
using System.Text;

namespace MicroGrad.PowerShell.Pictures;

/// <summary>An installed program that runs without a window and draws pictures.</summary>
internal static class ExternalProgram
{
    private static readonly TimeSpan DefaultTimeLimit = TimeSpan.FromMinutes(2);

    /// <summary>Runs a program to its end.</summary>
    /// <param name="program">Its path.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <param name="input">Its standard input.</param>
    /// <param name="timeLimit">How long it may take; null for two minutes.</param>
    /// <param name="stopping">Ends it.</param>
    /// <exception cref="System.ComponentModel.Win32Exception">It can't be started.</exception>
    /// <exception cref="TimeoutException">It takes too long.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static (int ExitCode, byte[] Output, string Complaint) Run(
        string program, IEnumerable<string> arguments, string input, TimeSpan? timeLimit, CancellationToken stopping)
    {
        var time = timeLimit ?? DefaultTimeLimit;
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        limit.CancelAfter(time);
        try
        {
            return RunAsync(program, arguments, input, limit.Token).GetAwaiter().GetResult();
        }
        catch (OperationCanceledException) when (!stopping.IsCancellationRequested)
        {
            throw new TimeoutException($"{time}");
        }
    }

    private static async Task<(int ExitCode, byte[] Output, string Complaint)> RunAsync(
        string program, IEnumerable<string> arguments, string input, CancellationToken token)
    {
        using var process = new Process();
        process.StartInfo = new ProcessStartInfo(program, arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardInputEncoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false),
            UseShellExecute = false,
            CreateNoWindow = true,
        };
        process.Start();
        try
        {
            using var output = new MemoryStream();
            var reading = process.StandardOutput.BaseStream.CopyToAsync(output, token);
            var complaint = process.StandardError.ReadToEndAsync(token);
            await WriteAsync(process.StandardInput, input, token).ConfigureAwait(false);
            await reading.ConfigureAwait(false);
            var text = await complaint.ConfigureAwait(false);
            await process.WaitForExitAsync(token).ConfigureAwait(false);
            return (process.ExitCode, output.ToArray(), text);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw;
        }
    }

    private static async Task WriteAsync(StreamWriter input, string text, CancellationToken token)
    {
        try
        {
            await using (input.ConfigureAwait(false))
            {
                await input.WriteAsync(text.AsMemory(), token).ConfigureAwait(false);
            }
        }
        catch (IOException)
        {
            // The program ended before it read all of its input. Its exit code and its complaint say why.
        }
    }
}
