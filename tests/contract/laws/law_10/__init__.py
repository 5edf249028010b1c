"""What an action needs to be whole, held against what the tree says of it."""
