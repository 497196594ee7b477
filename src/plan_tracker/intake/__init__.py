"""Taking returned files in: the inbox, archives and mails, many readers, and a batch checked as tables."""
