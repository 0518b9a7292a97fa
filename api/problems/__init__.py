"""From an error to an HTTP answer (RFC 9457): statuses, faults of our own, what was merged or retired."""
