"""Authors' tools: the laws, and skeletons of exercises and courses."""
