"""The page of definitions: the agreement in words, and two versions of it side by side."""
