"""Files out of what carried them: archives, mails, signed messages, as deep as the limits allow."""
