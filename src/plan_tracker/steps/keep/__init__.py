"""What is kept on record: letters, problems, provenance of figures."""
