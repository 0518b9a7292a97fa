"""What is seen of requests: counts, times, log lines; never who asked for what."""
