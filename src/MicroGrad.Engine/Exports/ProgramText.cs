using System.Globalization;
using MicroGrad.Compilation;

namespace MicroGrad.Exports;

/// <summary>A program as statements of a language, and the expressions of its results.</summary>
/// <param name="Statements">The statements, in order.</param>
/// <param name="Results">The results, in order.</param>
internal sealed record ProgramText(IReadOnlyList<string> Statements, IReadOnlyList<string> Results)
{
    // Longer expressions become variables: they are easier to read, and parsers limit the depth of nesting.
    private const int LongestOperand = 40;

    /// <summary>Spells a program.</summary>
    /// <param name="program">The program.</param>
    /// <param name="language">Its language.</param>
    /// <param name="input">The expression of each input.</param>
    public static ProgramText Of(Program program, SourceLanguage language, Func<int, string> input)
    {
        program = program.Rewritten((code, x) => language.Spellings.ContainsKey(code) ? null : PortableFunctions.Of(code, x));
        var uses = new int[program.Instructions.Count];
        foreach (var instruction in program.Instructions)
        {
            for (var k = 0; k < instruction.OperandCount; k++)
            {
                uses[instruction.Operand(k)]++;
            }
        }

        var statements = new List<string>();
        var texts = new string[program.Instructions.Count];
        for (var i = 0; i < texts.Length; i++)
        {
            var instruction = program.Instructions[i];
            texts[i] = Spell(instruction, language, input, texts);
            if (!instruction.IsLeaf && uses[i] > 0 && (uses[i] > 1 || texts[i].Length > LongestOperand))
            {
                var variable = language.Variable("t" + (statements.Count + 1).ToString(CultureInfo.InvariantCulture));
                statements.Add(language.Assignment(variable, texts[i]));
                texts[i] = variable;
            }
        }

        return new ProgramText(statements, [.. program.Outputs.Select(place => texts[place])]);
    }

    private static string Spell(Instruction instruction, SourceLanguage language, Func<int, string> input, string[] texts)
    {
        if (instruction.IsLeaf)
        {
            return instruction.Code == OpCode.Input ? input(instruction.A) : language.Number(instruction.Number);
        }

        var spelling = language.Spellings[instruction.Code];
        var operands = new object[instruction.OperandCount];
        for (var k = 0; k < operands.Length; k++)
        {
            var text = texts[instruction.Operand(k)];
            operands[k] = IsCall(spelling) || IsAtom(text) ? text : $"({text})";
        }

        return string.Format(CultureInfo.InvariantCulture, spelling, operands);
    }

    private static bool IsCall(string spelling) => spelling.EndsWith(')');

    /// <summary>Whether an expression is one word or one call, which needs no brackets.</summary>
    private static bool IsAtom(string text)
    {
        if (text[0] == '-')
        {
            return false;
        }

        var depth = 0;
        foreach (var letter in text)
        {
            depth += letter is '(' or '[' ? 1 : letter is ')' or ']' ? -1 : 0;
            if (letter == ' ' && depth == 0)
            {
                return false;
            }
        }

        return true;
    }
}
