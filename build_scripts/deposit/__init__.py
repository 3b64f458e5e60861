"""Pack a finished dossier for those who keep it: its data in the PDF, a bag with fixity, a description for machines."""
