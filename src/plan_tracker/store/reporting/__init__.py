"""Reports on record: what each was made from, its volumes, the reviews and approvals that it went through."""
