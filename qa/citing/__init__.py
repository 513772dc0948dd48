"""Citations that can be pasted: CSL-JSON from the record, rendered in styles and for programs."""
