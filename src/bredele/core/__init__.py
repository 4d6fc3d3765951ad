"""The facts of cookie governance as pure values and functions: no I/O, no clock, no Django."""
