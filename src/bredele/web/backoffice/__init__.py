"""The back office: pages on which people keep the declarations of their sites. Plain forms; no script is needed."""
