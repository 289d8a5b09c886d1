"""Methods that find how long a right lasts."""
