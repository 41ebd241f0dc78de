"""How the weights in models/ were trained: data drawn from typefaces, no picture of a real seal. Needs torch."""
