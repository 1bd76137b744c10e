"""The loader: it answers for the file, staging answers for the meaning."""
