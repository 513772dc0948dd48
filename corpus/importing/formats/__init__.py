"""The formats that can be read, one module each: :mod:`corpus.importing.protocol` finds them."""
