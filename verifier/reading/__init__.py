"""Pages to lines of text: upright, coloured ink apart, every character with its place and confidence."""
