"""What the Word reports say: rows, sentences, charts' contents, and the check of their templates."""
