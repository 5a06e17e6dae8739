// Makes nicer what works without it.
