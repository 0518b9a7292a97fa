"""What an operator needs: health, readiness, rates for each client, the limits told on a page."""
