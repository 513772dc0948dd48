"""Training the judge that ships with this project; nothing else imports it."""
