"""Turn a dossier of sourced facts and chapters into a web site, an EPUB and archival PDFs."""
