"""Evidence readers: which sentences answer a question, and how likely is it that any do?"""
