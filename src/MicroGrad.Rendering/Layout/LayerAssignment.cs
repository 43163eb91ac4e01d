namespace MicroGrad.Rendering.Layout;

/// <summary>Assigns each node a layer, so that all edges run forward and few are long.</summary>
internal static class LayerAssignment
{
    /// <summary>Rounds of moving nodes; the picture hardly changes after the second.</summary>
    private const int Rounds = 4;

    /// <summary>The layer of each node, from 0 without gaps.</summary>
    /// <exception cref="OperationCanceledException">The work was stopped.</exception>
    public static int[] Of(int count, (int From, int To)[] edges, CancellationToken stopping)
    {
        var (inputs, users) = (new List<int>[count], new List<int>[count]);
        for (var v = 0; v < count; v++)
        {
            (inputs[v], users[v]) = ([], []);
        }

        foreach (var (from, to) in edges)
        {
            inputs[to].Add(from);
            users[from].Add(to);
        }

        // Nodes start as late as possible, so that leaves stand beside their first user.
        var layers = new int[count];
        for (var v = count - 1; v >= 0; v--)
        {
            stopping.ThrowIfCancellationRequested();
            foreach (var user in users[v])
            {
                layers[v] = Math.Min(layers[v], layers[user] - 1);
            }
        }

        // A node with more inputs than users shortens more edges than it lengthens by moving earlier; others by moving
        // later.
        for (var round = 0; round < Rounds; round++)
        {
            for (var v = 0; v < count; v++)
            {
                stopping.ThrowIfCancellationRequested();
                if (inputs[v].Count > users[v].Count && users[v].Count > 0)
                {
                    layers[v] = inputs[v].Max(input => layers[input]) + 1;
                }
            }

            for (var v = count - 1; v >= 0; v--)
            {
                stopping.ThrowIfCancellationRequested();
                if (inputs[v].Count <= users[v].Count && users[v].Count > 0)
                {
                    layers[v] = users[v].Min(user => layers[user]) - 1;
                }
            }
        }

        var places = layers.Distinct().Order().Select((layer, place) => (layer, place)).ToDictionary(p => p.layer, p => p.place);
        return Array.ConvertAll(layers, layer => places[layer]);
    }
}
