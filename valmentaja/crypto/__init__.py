"""Keys, envelopes and signatures over `cryptography`; nothing of our own invention."""
