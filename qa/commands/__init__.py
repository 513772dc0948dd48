"""The commands of ``verbatim``, one module each; :mod:`qa.cli` registers them by one line each.

What a command works with is imported when it runs: the command line itself loads in no time.
"""
