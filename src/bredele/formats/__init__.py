"""The registry in and out: TOML, JSON, policy text, published files. Bytes in, core values out; no Django."""
