"""Turn the model into standard docutils nodes, the same for every format."""
