"""Check the prose."""
