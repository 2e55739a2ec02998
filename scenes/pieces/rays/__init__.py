"""The loss over the two weights of a neuron with batch norm behind its sum: level rays from the origin."""
