"""Between a request and the store: the service that it uses, the gate before it, rows, answers in parts."""
