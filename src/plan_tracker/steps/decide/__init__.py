"""Review by directors and executives, publication, executive orders."""
