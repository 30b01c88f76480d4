"""kg: a knowledge graph from Chinese news."""
