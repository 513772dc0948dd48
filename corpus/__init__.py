"""What the archive holds: transcripts, their layers, turns, sentences and catalogue records.

This package knows documents, not search. Nothing in it imports ``index`` or ``qa``.
"""
