using System.Text;
using Radiomics.Dicom;
using Radiomics.Extraction;

namespace Radiomics.Pipeline.Tests;

public sealed class UidKeyBackupTests
{
    [Fact]
    public void A_backup_opens_with_its_passphrase_alone()
    {
        byte[] secret = [.. Enumerable.Range(0, 32).Select(i => (byte)i)];
        var file = UidKeyBackup.Seal(secret, "correct horse battery", iterations: 1000).ToBytes();

        var backup = UidKeyBackup.Parse(file);
        Assert.Equal(secret, backup.Open("correct horse battery"));
        Assert.Equal(new UidKey(secret).Fingerprint, backup.Fingerprint);
        Assert.DoesNotContain(Convert.ToBase64String(secret), Encoding.UTF8.GetString(file), StringComparison.Ordinal);
        Assert.Equal("PassphraseWrong", Assert.Throws<RadiomicsException>(() => backup.Open("correct horse battery!")).Code);
        Assert.Equal("PassphraseWrong", Assert.Throws<RadiomicsException>(() => (backup with { Fingerprint = "0000000000000000" }).Open("correct horse battery")).Code);
        Assert.Equal("PassphraseTooShort", Assert.Throws<RadiomicsException>(() => UidKeyBackup.Seal(secret, "short")).Code);
        Assert.Equal("InvalidBackup", Assert.Throws<RadiomicsException>(() => UidKeyBackup.Parse("{}"u8)).Code);
    }
}
