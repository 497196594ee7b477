"""One module for each part of the work; ``command_table`` names every command and where it is."""
