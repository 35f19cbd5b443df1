"""Text files on disk to core values, and back to a snapshot."""
