"""Text that comes from outside: cleaned when it is read, escaped when it is written."""
