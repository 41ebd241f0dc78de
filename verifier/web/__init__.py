"""The HTTP service: requests in, one use-case each, answers out."""
