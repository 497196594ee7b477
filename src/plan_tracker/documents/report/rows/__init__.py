"""The rows of the tables that reports and the web site show: figures in words, a text for every tag of a template.

Their attributes are the tags' names, which officers' templates rely on.
"""
