"""One neuron and the layer behind it: the slot that the layer stands in, the sums, what comes out."""
