"""What was written to units: letters and their numbers, mails, executives' orders."""
