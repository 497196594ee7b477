"""Returned workbooks, whatever program saved them: from bytes to cells by their keys."""
