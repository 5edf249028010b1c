"""The lifecycle of sandboxes and the server's end of each running one."""
