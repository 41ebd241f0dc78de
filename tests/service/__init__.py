"""What tests of the service share: a real PostgreSQL, a recorded reader, real processes to kill."""
