// The seed, the default type and the count of live tensors belong to the process: tests side by side would change them under each other.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
