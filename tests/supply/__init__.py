"""What the verifier is built of: licences of every pinned package, hashes, the bill of materials."""
