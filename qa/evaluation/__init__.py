"""The bench: scores any system that answers in the JSON contract.

``responses`` and gold questions go in; measures with their uncertainty come out. The scorer sees
contract objects, gold spans and source bytes, never this project's own renderer.
"""
