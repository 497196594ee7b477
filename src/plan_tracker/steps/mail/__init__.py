"""Mails out and in: drafts, what is sent, what is fetched, and the inbox being watched."""
