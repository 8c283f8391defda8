"""From a submitted file to cells that can be run: found, read, merged with the release."""
