"""Model sessions below the stages: find lines of text, recognise them, read VINs a second time."""
