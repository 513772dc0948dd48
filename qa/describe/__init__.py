"""A curator's tools for the finding aid: what is described, by whom, and what is not."""
