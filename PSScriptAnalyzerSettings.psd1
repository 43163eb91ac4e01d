@{
    Severity     = @('Error', 'Warning', 'Information')
    IncludeRules = @('*')
    ExcludeRules = @(
        # build.ps1 talks to the person in front of it: what it says is no output for a pipeline.
        'PSAvoidUsingWriteHost'
        # PowerShell 7 reads and writes UTF-8 without a mark, as every other tool here does.
        'PSUseBOMForUnicodeEncodedFile'
    )
    Rules        = @{
        PSUseConsistentIndentation = @{ Enable = $true; IndentationSize = 4; PipelineIndentation = 'IncreaseIndentationForFirstPipeline' }
        # The values of a hashtable may be aligned.
        PSUseConsistentWhitespace  = @{ Enable = $true; IgnoreAssignmentOperatorInsideHashTable = $true }
        PSPlaceOpenBrace           = @{ Enable = $true; OnSameLine = $true }
    }
}
