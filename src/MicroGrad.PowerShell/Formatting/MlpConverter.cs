using System.Management.Automation;
using System.Text;
using MicroGrad.Persistence;

namespace MicroGrad.PowerShell.Formatting;

/// <summary>
/// Restores a model that went through Export-Clixml, a job or remoting. It is serialized as the text of its model file, its
/// one serialized property.
/// </summary>
public sealed class MlpConverter : PSTypeConverter
{
    private const string PropertyName = "ModelFile";

    /// <summary>The text that a model is serialized as.</summary>
    /// <param name="instance">The model.</param>
    public static string GetModelFile(PSObject instance)
    {
        ArgumentNullException.ThrowIfNull(instance);
        return Encoding.UTF8.GetString(ModelFile.Write((Mlp)instance.BaseObject));
    }

    /// <inheritdoc/>
    public override bool CanConvertFrom(object sourceValue, Type destinationType) =>
        destinationType == typeof(Mlp) && sourceValue is PSObject source && source.Properties[PropertyName]?.Value is string;

    /// <inheritdoc/>
    public override object ConvertFrom(object sourceValue, Type destinationType, IFormatProvider formatProvider, bool ignoreCase)
    {
        var text = (string)((PSObject)sourceValue).Properties[PropertyName].Value;
        return ModelFile.Read(Encoding.UTF8.GetBytes(text));
    }

    /// <inheritdoc/>
    public override bool CanConvertTo(object sourceValue, Type destinationType) => false;

    /// <inheritdoc/>
    public override object ConvertTo(object sourceValue, Type destinationType, IFormatProvider formatProvider, bool ignoreCase) =>
        throw new NotSupportedException();
}
