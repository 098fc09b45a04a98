"""What everything else stands on: errors, ids, clock, paths, strict reading, canonical bytes."""
