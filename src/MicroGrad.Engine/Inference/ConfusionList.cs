using System.Collections;
using System.Collections.ObjectModel;

namespace MicroGrad.Inference;

/// <summary>The counts of a confusion matrix, row by row, made when they are read: of ten thousand classes there are 100 million.</summary>
internal sealed class ConfusionList(ConfusionMatrix matrix) : IList<ConfusionCount>
{
    private readonly int _size = matrix.Classes.Count;

    /// <inheritdoc/>
    public int Count => _size * _size;

    /// <inheritdoc/>
    public bool IsReadOnly => true;

    /// <inheritdoc/>
    public ConfusionCount this[int index]
    {
        get
        {
            ArgumentOutOfRangeException.ThrowIfNegative(index);
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, Count);
            var (actual, predicted) = Math.DivRem(index, _size);
            return new(matrix.Classes[actual], matrix.Classes[predicted], matrix.CountAt(actual, predicted));
        }
        set => throw new NotSupportedException();
    }

    /// <summary>The list as others may have it.</summary>
    public ReadOnlyCollection<ConfusionCount> AsReadOnly() => new(this);

    /// <inheritdoc/>
    public int IndexOf(ConfusionCount item)
    {
        for (var i = 0; i < Count; i++)
        {
            if (this[i] == item)
            {
                return i;
            }
        }

        return -1;
    }

    /// <inheritdoc/>
    public bool Contains(ConfusionCount item) => IndexOf(item) >= 0;

    /// <inheritdoc/>
    public void CopyTo(ConfusionCount[] array, int arrayIndex)
    {
        for (var i = 0; i < Count; i++)
        {
            array[arrayIndex + i] = this[i];
        }
    }

    /// <inheritdoc/>
    public IEnumerator<ConfusionCount> GetEnumerator()
    {
        for (var i = 0; i < Count; i++)
        {
            yield return this[i];
        }
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <inheritdoc/>
    public void Add(ConfusionCount item) => throw new NotSupportedException();

    /// <inheritdoc/>
    public void Clear() => throw new NotSupportedException();

    /// <inheritdoc/>
    public void Insert(int index, ConfusionCount item) => throw new NotSupportedException();

    /// <inheritdoc/>
    public bool Remove(ConfusionCount item) => throw new NotSupportedException();

    /// <inheritdoc/>
    public void RemoveAt(int index) => throw new NotSupportedException();
}
