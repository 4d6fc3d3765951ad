"""A finished scan as other people and programs read it: HTML, PDF, SARIF, JUnit, HAR."""
