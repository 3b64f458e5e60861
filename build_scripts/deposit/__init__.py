"""Pack a finished dossier for those who keep it: data inside the PDF, a bag with fixity, a description."""
