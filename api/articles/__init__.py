"""An article's page: its stored text, its claims beside it, each claim's words marked."""
