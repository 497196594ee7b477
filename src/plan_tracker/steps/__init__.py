"""The steps of the manual, one module per command. They meet in the store and never call the command line."""
