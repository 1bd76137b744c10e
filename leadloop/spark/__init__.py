"""The second engine: dbt on Spark, ending in the same DuckDB file of marts."""
