using LocalRuntime.Testing;
using Microsoft.Azure.Functions.Worker;

namespace LocalRuntime.Functions.Tests;

public class SignatureTests
{
    [Fact]
    public void Every_public_member_is_one_of_the_real_packages() =>
        Assert.Equal("", string.Join("\n", PublicSignatures.NotListed(typeof(FunctionAttribute).Assembly, "Signatures.txt")));
}
