"""Ranking: which passages of an archive are nearest to a question.

This package knows passages and scores, not answers. It imports ``corpus`` and never ``qa``.
"""

from index.offline import stay_offline

stay_offline()
