"""Public question sets and TREC runs: rankings alone, without gold of this archive."""
