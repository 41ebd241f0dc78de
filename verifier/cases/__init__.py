"""Use-cases of the shells, one transaction each."""
