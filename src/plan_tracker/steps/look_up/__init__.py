"""What is looked up: how things stand and by when, problems, where a figure comes from, who did what."""
