"""Receives a visitor's choice, answers it, and counts it as a sum. A lean ASGI app without Django."""
