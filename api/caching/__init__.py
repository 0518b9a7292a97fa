"""What need not be worked out twice for one version of the data: ETags, kept answers."""
