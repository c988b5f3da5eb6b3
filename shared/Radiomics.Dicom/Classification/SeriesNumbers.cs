namespace Radiomics.Dicom;

/// <summary>How series are named to a sender: by number, since descriptions may hold anything.</summary>
internal static class SeriesNumbers
{
    /// <summary><c>series 4</c>, <c>series 4, 7 and 9</c>; those without a number are counted.</summary>
    public static string Of(IEnumerable<InstanceHeader> instances)
    {
        var series = instances.DistinctBy(instance => instance.SeriesUid).ToArray();
        var numbers = series.Where(instance => instance.SeriesNumber is not null).Select(instance => instance.SeriesNumber!.Value).Distinct().Order().Select(number => $"{number}").ToList();
        if (series.Count(instance => instance.SeriesNumber is null) is > 0 and var without)
        {
            numbers.Add(without == 1 ? "one without a number" : $"{without} without a number");
        }

        return numbers.Count switch
        {
            1 => $"series {numbers[0]}",
            _ => $"series {string.Join(", ", numbers.Take(numbers.Count - 1))} and {numbers[^1]}",
        };
    }
}
