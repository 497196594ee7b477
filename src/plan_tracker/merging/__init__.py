"""From what is stored to a period's data: which returns count, what a report was made from, where units stand."""
