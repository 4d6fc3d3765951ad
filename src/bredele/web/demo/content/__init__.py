"""What the town and its partner say, in English and in French: words, news, books, seasons."""
