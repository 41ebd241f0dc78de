"""What is kept: records, seal registry, lists, examinations. SQLite embedded; another database by its URL."""
