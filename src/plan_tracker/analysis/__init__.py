"""From clean returns to figures."""
