"""Questions, quotes and answers: the part of the archive that people and programs talk to."""

from index.offline import stay_offline

stay_offline()
