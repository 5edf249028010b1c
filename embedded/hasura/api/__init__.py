"""The HTTP side: `app` lists the routes, `wrapper` does what all of them need, the others answer."""
