"""Hold one module per command; each has `run`, which turns arguments into files and nothing else."""
