"""Who and what letters are about: fictional makers, their vehicles, destinations with their outlets."""
