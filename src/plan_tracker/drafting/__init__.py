"""Letters on their way: drafts laid down and noted in the ledger, what they cite, corrections and memos."""
