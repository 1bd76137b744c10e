"""Access to the published version: the only room that touches the database."""
