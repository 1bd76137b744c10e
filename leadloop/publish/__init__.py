"""Publishing: lock, build beside, audit, manifest, pointer; and what readers and operators use."""
