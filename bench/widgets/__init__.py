"""What our banner costs a visitor, beside four others, in one run."""
