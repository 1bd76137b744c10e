"""Says in one line what a dbt build did, from its run_results.json."""

import json
import sys
from collections import Counter
from pathlib import Path

results = json.loads(Path(sys.argv[1]).read_text("utf-8"))["results"]
kinds = Counter(node["unique_id"].split(".")[0] for node in results)
states = Counter(node["status"] for node in results)
print(
    f"dbt: {kinds['model']} models, {kinds['test']} data tests, {kinds['unit_test']} unit tests; "
    + ", ".join(f"{count} {state}" for state, count in sorted(states.items()))
)
