"""Mails: which are due, what they say, how they go out by SMTP, and how they come in by IMAP."""
