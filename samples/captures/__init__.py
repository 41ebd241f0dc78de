"""How paper becomes a file: worn, scanned, photographed, printed to PDF."""
