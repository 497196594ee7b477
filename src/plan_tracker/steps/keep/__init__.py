"""What is kept, and kept safe: letters with their numbers, the key, backups, the database made again."""
