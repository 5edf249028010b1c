"""What happens inside one sandbox: processes, sessions and files."""
