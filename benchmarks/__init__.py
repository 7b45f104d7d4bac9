"""The benchmarks: how fast Throughline is at a nation's size, each figure beside a peer in the same run."""
