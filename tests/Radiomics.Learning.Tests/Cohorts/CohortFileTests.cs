using System.Text;

namespace Radiomics.Learning.Tests;

public sealed class CohortFileTests
{
    [Fact]
    public void A_cohort_with_semicolons_quotes_a_byte_order_mark_and_empty_lines_is_read()
    {
        var (cohort, report) = Read("\uFEFFstudyUid;label;split;patient;\"age:number:a\";sex:category\r\n1.2.1;yes;train;P 1;\"61.5\";F\r\n\r\n1.2.2;FALSE;test;P 2;NA;\"M\"\r\n");

        Assert.Equal([new("age", CovariateType.Number, "a"), new("sex", CovariateType.Category, null)], cohort.Covariates);
        Assert.Equal([2, 4], cohort.Rows.Select(row => row.Line));
        Assert.Equal([true, false], cohort.Rows.Select(row => row.Label));
        Assert.Equal([CohortSplit.Train, CohortSplit.Test], cohort.Rows.Select(row => row.Split!.Value));
        Assert.Equal(["P 1", "P 2"], cohort.Rows.Select(row => row.Patient));
        Assert.Equal("61.5", cohort.Rows[0].Covariates["age"]);
        Assert.False(cohort.Rows[1].Covariates.ContainsKey("age"));
        Assert.Equal(1, report.Covariates[0].Missing);
    }

    [Theory]
    [InlineData("1.2.1,1\n1.2.1,0", "StudyTwice", 3)]
    [InlineData("1.2.1,1\n1.2.2,maybe", "LabelUnreadable", 3)]
    [InlineData("1.2.1,1\nDoe,0", "StudyUidUnreadable", 3)]
    [InlineData("1.2.1,1\n1.2.2,0,7", "RowUnreadable", 3)]
    [InlineData("1.2.1,1\n\"1.2.2,0", "RowUnreadable", 3)]
    [InlineData("1.2.1,1\n\n1.2.2,1", "OneClassOnly", 0)]
    public void What_is_wrong_with_a_row_is_said_with_its_line(string rows, string code, int line)
    {
        var report = Read("studyUid,label\n" + rows).Report;

        Assert.False(report.Usable);
        Assert.Contains(report.Findings, finding => finding.Code == code && finding.Line == line && finding.Severity == FindingSeverity.Error);
    }

    [Theory]
    [InlineData("1.2.1,1,train,A,5\n1.2.2,0,validation,B,6", "SplitUnknown", 3, FindingSeverity.Error)]
    [InlineData("1.2.1,1,train,A,5\n1.2.2,0,test,A,6", "PatientInBothSplits", 3, FindingSeverity.Error)]
    [InlineData("1.2.1,1,train,A,5\n1.2.2,0,train,A,6", "PatientLabelsDiffer", 3, FindingSeverity.Warning)]
    [InlineData("1.2.1,1,train,A,old\n1.2.2,0,train,B,6", "CovariateNotANumber", 2, FindingSeverity.Error)]
    [InlineData("1.2.1,1,train,A,5\n1.2.2,0,train,B,5.0", "CovariateConstant", 0, FindingSeverity.Warning)]
    [InlineData("1.2.1,1,train,A,5\n1.2.2,0,train,B,", "CovariateMissing", 0, FindingSeverity.Warning)]
    [InlineData("1.2.1,1,train,A,5\n1.2.2,0,,B,6", "SplitMissing", 3, FindingSeverity.Warning)]
    [InlineData("1.2.1,1,train,A,5\n1.2.2,0,test,B,6", "OneClassOnly", 0, FindingSeverity.Error)]
    public void What_only_several_rows_or_columns_tell_is_found(string rows, string code, int line, FindingSeverity severity)
    {
        var findings = Read("studyUid,label,split,patient,age:number:a\n" + rows).Report.Findings;

        Assert.Contains(findings, finding => finding.Code == code && finding.Line == line && finding.Severity == severity);
    }

    [Theory]
    [InlineData("PatientName:category", "IdentityColumn")]
    [InlineData("Birth Date", "IdentityColumn")]
    [InlineData("patient_id:number", "IdentityColumn")]
    [InlineData("姓名:category", "IdentityColumn")]
    [InlineData("ferritin", "ColumnUndeclared")]
    [InlineData("ferritin:text", "ColumnUndeclared")]
    [InlineData("Label", "ColumnTwice")]
    public void A_column_that_names_a_person_or_nothing_known_is_refused(string column, string code)
    {
        var report = Read($"studyUid,label,{column}\n1.2.1,1,Jane\n1.2.2,0,Joe\n").Report;

        Assert.Contains(report.Findings, finding => finding.Code == code && finding.Severity == FindingSeverity.Error);
    }

    [Fact]
    public void No_value_of_a_row_is_quoted()
    {
        var report = Read("studyUid,label,patient,age:number:a,ward:category\nDoe^Jane,1,DOE-1,61,x\n1.2.3,Doe^Jane,DOE-1,61,x\n1.2.4,1,DOE-1,Doe^Jane,x\n\"Doe^Jane,1,2,3,4\n").Report;

        Assert.NotEmpty(report.Findings);
        Assert.DoesNotContain(report.Findings, finding => finding.Text.Contains("Doe", StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public void A_file_without_header_does_not_have_its_first_row_quoted()
    {
        var report = Read("Doe^Jane,61,F\nDoe^Joe,40,M\n").Report;

        Assert.Contains(report.Findings, finding => finding.Code == "ColumnMissing");
        Assert.DoesNotContain(report.Findings, finding => finding.Text.Contains("Doe", StringComparison.Ordinal));
    }

    [Fact]
    public void Free_text_is_no_category()
    {
        var rows = string.Concat(Enumerable.Range(0, 40).Select(i => $"1.2.{i + 1},{i % 2},note {i}\n"));

        Assert.Contains(Read("studyUid,label,ward:category\n" + rows).Report.Findings, finding => finding is { Code: "TooManyLevels", Severity: FindingSeverity.Error });
    }

    [Fact]
    public void A_file_that_is_too_large_or_no_text_is_refused()
    {
        Assert.Contains(CohortFile.Read(new MemoryStream(new byte[2000]), new CohortLimits { MaxBytes = 1000 }).Report.Findings, finding => finding.Code == "CohortTooLarge");
        Assert.Contains(CohortFile.Read(new MemoryStream([(byte)'s', 0xE9, 0xFF])).Report.Findings, finding => finding.Code == "EncodingUnreadable");
        Assert.Contains(Read("").Report.Findings, finding => finding.Code == "CohortEmpty");
    }

    [Fact]
    public void What_is_written_is_read_back_with_every_study_on_its_line()
    {
        var cohort = Read("\nsex:category,label,studyUid,patient\n\n\"a,b\",1,1.2.1,P1\n\n\nF,0,1.2.2,P2\n").Cohort;
        var mapped = CohortFile.Map(cohort, uid => uid + ".9", patient => "p" + patient);
        var bytes = CohortFile.Write(mapped);
        var again = CohortFile.Read(new MemoryStream(bytes)).Cohort;

        Assert.Equal(bytes, CohortFile.Write(again));
        Assert.Equal([4, 7], again.Rows.Select(row => row.Line));
        Assert.Equal(["1.2.1.9", "1.2.2.9"], again.Rows.Select(row => row.StudyUid));
        Assert.Equal(["pP1", "pP2"], again.Rows.Select(row => row.Patient));
        Assert.Equal("a,b", again.Rows[0].Covariates["sex"]);
        Assert.Equal((byte)'s', bytes[0]);
        Assert.DoesNotContain((byte)'\r', bytes);
    }

    [Fact]
    public void Covariates_become_columns_and_missing_stays_missing()
    {
        var cohort = Read("studyUid,label,age:number:a,sex:category\n1.1,1,60,M\n1.2,0,,F\n1.3,0,50,\n").Cohort;

        var matrix = CohortCovariates.Matrix(cohort);

        Assert.Equal(["age", "sex=M"], matrix.Names);
        Assert.Equal([60, double.NaN, 50], matrix.Columns[0]);
        Assert.Equal([1, 0, double.NaN], matrix.Columns[1]);
    }

    [Fact]
    public void Levels_of_other_cohorts_come_after_the_own_and_another_unit_is_no_value()
    {
        var own = Read("studyUid,label,age:number:a,scanner:category\n1.1,1,60,C\n1.2,0,50,B\n").Cohort;
        var other = Read("studyUid,label,age:number:months,scanner:category\n1.3,1,600,A\n1.4,0,500,B\n").Cohort;

        var covariates = CohortCovariates.Of(own, other);

        Assert.Equal(["age", "scanner=C", "scanner=A"], covariates.Names);
        Assert.Equal([null, 0.0, 1.0], covariates.Names.Select(name => covariates.Row(other, other.Rows[0])[name]));
    }

    private static CohortReading Read(string csv) => CohortFile.Read(new MemoryStream(Encoding.UTF8.GetBytes(csv)));
}
