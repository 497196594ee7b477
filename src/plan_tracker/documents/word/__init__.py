"""How a Word file is made: rendering, contents, numbering, charts, emblem."""
