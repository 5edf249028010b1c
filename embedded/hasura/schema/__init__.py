"""What can be asked: `track` joins metadata with the catalogue, `role` makes one role's GraphQL types from it.

`meanings` ties every field to what it stands for, so later rooms never look at names.
"""
