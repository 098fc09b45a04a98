"""Building blocks of the pages; they know tokens, words and keys, and nothing of the trade."""
