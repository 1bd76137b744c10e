"""Figure builders: a frame in, a Plotly figure out; no Streamlit import."""
