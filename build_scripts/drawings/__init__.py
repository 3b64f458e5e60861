"""Give the plan away: as a poster, as sheets to be glued together, and for other programs."""
