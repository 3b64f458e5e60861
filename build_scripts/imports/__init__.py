"""Convert files of other programs to data files of a dossier: library exports, tables, plans."""
