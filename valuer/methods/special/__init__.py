"""Methods for floors and special purposes."""
