"""The Streamlit dashboard: reads one published version, writes nothing."""
