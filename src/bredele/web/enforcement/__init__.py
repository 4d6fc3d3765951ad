"""The first thing every request meets: which site, which language, which choice, and what a browser may load."""
