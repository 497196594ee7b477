"""The report's charts: which figures each shows, its title that says what is to be seen, and the words in its place.

Nothing is read or written.
"""
