"""Questions, quotes and answers: the part of the archive that people and programs talk to."""
