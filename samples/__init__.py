"""Makes letters to test with: genuine ones and ones with a known defect, all of fictional companies."""
