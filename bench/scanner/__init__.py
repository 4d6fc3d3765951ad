"""How much of a site's truth the scanner tells: a site of many hosts whose every write is known, and the score."""
