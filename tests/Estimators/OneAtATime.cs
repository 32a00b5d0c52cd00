// LibTorch has one generator for the process, which training seeds, and tests compare the count of live tensors.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
