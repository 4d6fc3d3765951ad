"""The widget and what pages need around it: its configuration, gating tags, placeholders."""
