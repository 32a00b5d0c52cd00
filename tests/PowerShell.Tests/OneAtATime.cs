// LibTorch has one generator for the process, which training seeds.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
