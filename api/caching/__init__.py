"""What need not be worked out twice for one version of the data: tags of answers, whole answers kept."""
