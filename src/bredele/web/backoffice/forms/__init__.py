"""The forms of the back office: each turns what was typed into values of the core, or says what to mend."""
