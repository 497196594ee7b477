"""The proof of the published values: a hash tree over them, signed, that anyone can check a figure against."""
