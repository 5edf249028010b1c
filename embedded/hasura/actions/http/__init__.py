"""A small HTTP/1.1 client for handlers: `client` keeps connections, `connection` speaks on one, `answer` reads it.

Every mutation of a product may be an action, so what a call costs beyond its handler's own time matters. This does what
calling a handler needs, and nothing more: no redirects, no cookies, no compression, no proxies.
"""
