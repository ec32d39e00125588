"""From claims to incidents: copies, blocks, features, scores, clusters; pure functions, each with its reasons."""
