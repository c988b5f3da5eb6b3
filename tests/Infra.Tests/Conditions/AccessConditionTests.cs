namespace Infra.Tests.Conditions;

/// <summary>The evaluator itself, on conditions whose meaning can be read.</summary>
public sealed class AccessConditionTests
{
    private const string Blobs = "Microsoft.Storage/storageAccounts/blobServices/containers/blobs";

    [Theory]
    [InlineData("A/x.zip", true)]
    [InlineData("A/", true)]
    [InlineData("a/x.zip", false)]
    [InlineData("AB/x.zip", false)]
    public void A_path_is_compared_by_its_beginning_and_case(string path, bool allowed) =>
        Assert.Equal(allowed, AccessCondition.Parse($"@Resource[{Blobs}:path] StringStartsWith 'A/'").Allows(AccessRequest.Write(path)));

    [Fact]
    public void An_attribute_that_is_not_there_compares_false()
    {
        var condition = AccessCondition.Parse($"@Request[{Blobs}:prefix] StringStartsWith ''");

        Assert.False(condition.Allows(AccessRequest.List(null)));
        Assert.True(condition.Allows(AccessRequest.List("")));
    }

    [Fact]
    public void Rules_are_joined_as_written()
    {
        var write = $"ActionMatches{{'{Blobs}/write'}}";

        Assert.True(AccessCondition.Parse($"!({write}) OR {write}").Allows(AccessRequest.Write("x")));
        Assert.False(AccessCondition.Parse($"!({write}) AND {write}").Allows(AccessRequest.Write("x")));
        Assert.True(AccessCondition.Parse($"{write} OR {write} AND !{write}").Allows(AccessRequest.Write("x")));
        Assert.False(AccessCondition.Parse($"({write} OR {write}) AND !{write}").Allows(AccessRequest.Write("x")));
        Assert.True(AccessCondition.Parse($"NOT {write} OR {write}").Allows(AccessRequest.Write("x")));
        Assert.False(AccessCondition.Parse($"{write} AND NOT {write}").Allows(AccessRequest.Write("x")));
        Assert.True(AccessCondition.Parse("SubOperationMatches{'Blob.List'}").Allows(AccessRequest.List("x")));
        Assert.False(AccessCondition.Parse("SubOperationMatches{'Blob.List'}").Allows(AccessRequest.Read("x")));
    }

    [Theory]
    [InlineData("(ActionMatches{'a'}")]
    [InlineData("ActionMatches{'a'})")]
    [InlineData("ActionMatches{'a'} OR")]
    [InlineData("@Resource[a] StringLike 'b*'")]
    [InlineData("@Principal[a] StringEquals 'b'")]
    [InlineData("ActionMatches{'a'} && ActionMatches{'b'}")]
    public void What_is_not_known_is_refused(string text) => Assert.Throws<FormatException>(() => AccessCondition.Parse(text));
}
