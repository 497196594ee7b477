"""The commands, by the part of the manual that they serve.

Steps are imported where they are called, so that `--help` stays quick.
"""
