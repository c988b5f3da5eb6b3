namespace Radiomics.Extraction;

/// <summary>Something with a number to sort it by.</summary>
internal readonly record struct Ranked<T>(double Rank, T Item);

/// <summary>
/// Sorts by rank, ascending; a heap sort, so what is equal ends up in some order, always the same. The framework's sort is compiled anew in every process for each
/// type, which takes longer than sorting a hull's few hundred points.
/// </summary>
internal static class Ranked
{
    public static void Sort<T>(Ranked<T>[] items)
    {
        for (var i = items.Length / 2 - 1; i >= 0; i--)
        {
            Sink(items, i, items.Length);
        }

        for (var end = items.Length - 1; end > 0; end--)
        {
            (items[0], items[end]) = (items[end], items[0]);
            Sink(items, 0, end);
        }
    }

    private static void Sink<T>(Ranked<T>[] heap, int at, int count)
    {
        var item = heap[at];
        for (var child = 2 * at + 1; child < count; child = 2 * at + 1)
        {
            if (child + 1 < count && heap[child + 1].Rank > heap[child].Rank)
            {
                child++;
            }

            if (item.Rank >= heap[child].Rank)
            {
                break;
            }

            heap[at] = heap[child];
            at = child;
        }

        heap[at] = item;
    }
}
