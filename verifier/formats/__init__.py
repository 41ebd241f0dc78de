"""How values are written: each module parses and checks one kind of value, and knows nothing of documents."""
