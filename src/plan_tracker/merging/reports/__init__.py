"""Reports on record as what follows needs them: what they were made from, with which template, what was submitted."""
