using System.Management.Automation;
using System.Management.Automation.Runspaces;

namespace MicroGrad.PowerShell.Formatting;

/// <summary>
/// Registers how PowerShell serializes models (Export-Clixml, jobs, remoting): as the text of their model file; and which
/// properties of a value it shows in a list of objects of several kinds, where it uses no view. With a types file instead,
/// importing a second copy of the module in a session would be an error.
/// </summary>
public sealed class ModelTypeData : IModuleAssemblyInitializer
{
    private const string ModelFile = "ModelFile";

    // By its type: to find the cmdlet by its name, PowerShell searches the module path and imports the whole module of it.
    private const string UpdateTypeData = "Microsoft.PowerShell.Commands.UpdateTypeDataCommand, Microsoft.PowerShell.Commands.Utility";

    /// <inheritdoc/>
    public void OnImport()
    {
        var type = typeof(Mlp);
        var model = new TypeData(type.FullName)
        {
            SerializationMethod = "SpecificProperties",
            PropertySerializationSet = new PropertySetData([ModelFile]),
            TypeConverter = typeof(MlpConverter),
        };
        model.Members.Add(ModelFile, new CodePropertyData(ModelFile, typeof(MlpConverter).GetMethod(nameof(MlpConverter.GetModelFile))) { IsHidden = true });
        var value = new TypeData(typeof(GradValue).FullName)
        {
            DefaultDisplayPropertySet = new PropertySetData([nameof(GradValue.Label), nameof(GradValue.Data), nameof(GradValue.Grad), nameof(GradValue.Op)]),
        };
        var deserialized = new TypeData("Deserialized." + type.FullName) { TargetTypeForDeserialization = type };

        var update = new CmdletInfo("Update-TypeData", Type.GetType(UpdateTypeData, throwOnError: true));
        // Names that no caller has: one that is AllScope there could not be set here.
        ScriptBlock.Create("& $microGradUpdate -TypeData $microGradTypes -Force -WhatIf:$false -Confirm:$false")
            .InvokeWithContext(null, [new("microGradUpdate", update), new("microGradTypes", new[] { model, deserialized, value })]);
    }
}
