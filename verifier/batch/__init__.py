"""Many documents: examined by worker processes, remembered, then judged together."""
