using System.Text;
using RadiomicsFunctions.Http;

namespace Functions.Tests.Http;

/// <summary>RFC 9651, 3.2 and 4.2.2, as far as RFC 9530 uses it.</summary>
public sealed class StructuredDictionaryTests
{
    [Theory]
    [InlineData("sha-256=:YWJj:", "sha-256=abc")]
    [InlineData("sha-256=:YWJj:, sha-512=:ZGVm:", "sha-256=abc sha-512=def")]
    [InlineData("  sha-256=:YWJj: \t,\t sha-512=:ZGVm:  ", "sha-256=abc sha-512=def")]
    [InlineData("a=:YWJj:,a=:ZGVm:", "a=def")]
    [InlineData("a=:YQ==:", "a=a")]
    [InlineData("a=:YQ:", "a=a")]
    [InlineData("a=::", "a=")]
    [InlineData("a=:YWJj:;q=1;b;c=\"x;, y\"", "a=abc")]
    [InlineData("a, b;x, c=?1, d=?0", "a b c d")]
    [InlineData("a=1, b=-12.5, c=token/x:y, d=\"te\\\"xt\", e=@1659578233, f=%\"f%c3%bc\"", "a b c d e f")]
    [InlineData("a=(1 \"two\" :YQ==:;x );y=2, b=()", "a b")]
    [InlineData("*a_b-c.d*=:YWJj:", "*a_b-c.d*=abc")]
    [InlineData("", "")]
    public void A_dictionary_is_read_for_its_byte_sequences(string field, string expected)
    {
        Assert.True(StructuredDictionary.TryParse(field, out var members));
        Assert.Equal(expected, string.Join(' ', members.Select(member => member.Value is { } bytes ? $"{member.Key}={Encoding.ASCII.GetString(bytes)}" : member.Key)));
    }

    [Theory]
    [InlineData("sha-256=:YWJj")]
    [InlineData("sha-256=:YW Jj:")]
    [InlineData("sha-256=:YW-_:")]
    [InlineData("sha-256=:Y===:")]
    [InlineData("sha-256=:YWJjZ:")]
    [InlineData("SHA-256=:YWJj:")]
    [InlineData("=:YWJj:")]
    [InlineData("a=:YWJj:,")]
    [InlineData(",a=:YWJj:")]
    [InlineData("a=:YWJj: b=:YWJj:")]
    [InlineData("a=")]
    [InlineData("a=?2")]
    [InlineData("a=1.")]
    [InlineData("a=1.2345")]
    [InlineData("a=-")]
    [InlineData("a=1234567890123456")]
    [InlineData("a=\"open")]
    [InlineData("a=\"\\x\"")]
    [InlineData("a=\"\u00e9\"")]
    [InlineData("a=(1")]
    [InlineData("a=(1\"two\")")]
    [InlineData("a=:YWJj:;")]
    [InlineData("a;=1")]
    [InlineData("1a=:YWJj:")]
    public void What_is_none_in_every_character_is_none(string field) => Assert.False(StructuredDictionary.TryParse(field, out _));
}
