"""What tests of several rooms share: waiting for a condition, free ports, a scratch PostgreSQL."""
