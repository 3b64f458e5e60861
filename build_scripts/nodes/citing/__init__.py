"""Render sources in a CSL style by pandoc's citeproc: items in, marked text out."""
