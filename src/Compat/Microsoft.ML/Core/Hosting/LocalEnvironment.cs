namespace Microsoft.ML.Runtime;

/// <summary>The environment behind an <see cref="MLContext"/>, and, as a <see cref="Host"/>, that of each component.</summary>
internal class LocalEnvironment : MessageSource, IHostEnvironment
{
    private readonly Random _random;
    private readonly Action<MessageSource, ChannelMessage> _listener;
    private readonly Lock _registering = new();

    public LocalEnvironment(int? seed, Action<MessageSource, ChannelMessage> listener) : base(null, null)
    {
        Seed = seed;
        _random = seed is { } given ? new HybridTausworthe((uint)given) : new HybridTausworthe(new Random());
        _listener = listener;
        ComponentCatalog = new();
    }

    private LocalEnvironment(LocalEnvironment parent, string name, Random random, string parentFullName) : base(name, parentFullName)
    {
        Seed = parent.Seed;
        _random = random;
        _listener = parent._listener;
        ComponentCatalog = parent.ComponentCatalog;
        Parent = parent;
    }

    public int? Seed { get; }

    public ComponentCatalog ComponentCatalog { get; }

    public override string ContextDescription => "HostEnvironment";

    private LocalEnvironment Parent { get; }

    /// <summary>The seed of the <see cref="MLContext"/> that <paramref name="env"/> belongs to, if it has one.</summary>
    public static int? SeedOf(IHostEnvironment env) => env switch
    {
        MLContext context => context.Seed,
        LocalEnvironment local => local.Seed,
        _ => null,
    };

    public IHost Register(string name, int? seed = null, bool? verbose = null)
    {
        Check.NonEmpty(name, nameof(name));
        // Without a seed of its own a host takes its state from its parent's generator: the order of registration is part of the seed.
        lock (_registering)
            return new Host(this, name, seed is { } given ? new HybridTausworthe((uint)given) : new HybridTausworthe(_random));
    }

    public IChannel Start(string name) => new Channel(this, name, _listener);

    public IPipe<TMessage> StartPipe<TMessage>(string name) => new Pipe<TMessage>(this, name, _listener as Action<MessageSource, TMessage>);

    public IProgressChannel StartProgressChannel(string name)
    {
        Check.NonEmpty(name, nameof(name));
        return new ProgressChannel();
    }

    public override TException Process<TException>(TException ex) => Mark(ex, "Environment", parent: null, phase: null);

    // A host's name is put behind its grandparent's, as in the packages.
    private sealed class Host(LocalEnvironment parent, string name, Random random)
        : LocalEnvironment(parent, name, random, parent.Parent?.FullName), IHost
    {
        public Random Rand => _random;
    }
}
