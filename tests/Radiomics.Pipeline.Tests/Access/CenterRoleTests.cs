namespace Radiomics.Pipeline.Tests.Access;

public sealed class CenterRoleTests
{
    [Theory]
    [InlineData("Center.A.Submit", "A", Right.Submit)]
    [InlineData("Center.site-2_b.Approve", "site-2_b", Right.Approve)]
    public void A_role_names_a_center_and_a_right(string role, string center, Right right)
    {
        Assert.Equal(new CenterRole(center, right), CenterRole.TryParse(role));
        Assert.Equal(role, $"{new CenterRole(center, right)}");
    }

    [Theory]
    [InlineData("Admin")]
    [InlineData("center.A.Read")]
    [InlineData("Center.A.read")]
    [InlineData("Center.A.0")]
    [InlineData("Center.A.Submit, Read")]
    [InlineData("Center.A. Read")]
    [InlineData("Center..Read")]
    [InlineData("Center.A")]
    [InlineData("Center.A.Read.x")]
    public void Anything_else_is_no_role_at_a_center(string role) => Assert.Null(CenterRole.TryParse(role));
}
