"""The pages of stacks."""
