"""Name the colours of print; every pair of text and paper has a contrast of 4.5:1 (WCAG 2.2, 1.4.3)."""

INK = "#1c1a19"
MUTED = "#5a5552"
ACCENT = "#6d1a1f"
COOL = "#3f5b73"
RULE = "#b9b2aa"
