"""Place drawings: pure functions from model and page to positions in points, origin lower left, y up."""
