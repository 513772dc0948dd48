"""From a file in any format to a document of the archive, with a map back to the file.

    bytes -> formats/NAME.py recognise, read -> Imported (imported.py)
          -> canonical text, table of speakers, map of places (writing.py, sidecar.py)
          -> Transcript: what the file states is laid over the text, no label is guessed (placed.py)

Adding a format is adding one module to :mod:`corpus.importing.formats`.
"""
