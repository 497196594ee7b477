"""The executive summary, written from the figures: paragraphs in which no sentence stands that they don't bear out.

What is 0 is left out or said in words, what is everything is said to be so, and what is unknown is named. A paragraph
is put together from clauses, each a message of the catalogue, with a space between them. Digits are Arabic; ``word``
makes Thai ones of them.
"""
