"""The only room where Django may enter: settings, urls, asgi, and one app a subject."""
