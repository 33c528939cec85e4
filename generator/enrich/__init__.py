"""Pure steps from Library to Library that add what the digests do not say."""
