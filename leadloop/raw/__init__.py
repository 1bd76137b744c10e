"""The raw contract: the tables that every source becomes before dbt sees it."""
