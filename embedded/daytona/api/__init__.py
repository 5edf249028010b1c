"""The control plane: create, find, list, start, stop and delete sandboxes."""
