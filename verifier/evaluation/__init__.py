"""How good the verifier is: its reports compared with the truth beside a folder of letters."""
