"""With a database that does not answer: alive, not ready, its numbers still there, and no password anywhere."""

import json
import os
import subprocess
import sys

_ASK = """
import json, django
django.setup()
from django.test import Client
client = Client(raise_request_exception=False)
paths = ("/health/", "/ready/", "/metrics/", "/en/open/")
answers = {path: client.get(path, headers={"Host": "localhost"}) for path in paths}
print(json.dumps({path: [one.status_code, one.content.decode()] for path, one in answers.items()}))
"""


def test_without_a_database(tmp_path):
    environment = {
        **os.environ,
        "VEERKRACHT_HOME": str(tmp_path),
        "PROMETHEUS_MULTIPROC_DIR": str(tmp_path),
        "VEERKRACHT_DATABASE": "postgresql://somebody:a-secret@127.0.0.1:1/none",
        "VEERKRACHT_LOG": "json",
    }
    run = subprocess.run(
        [sys.executable, "-c", _ASK], env=environment, capture_output=True, text=True, timeout=600, check=True
    )
    found = json.loads(run.stdout)
    assert {path: status for path, (status, _) in found.items()} == {
        "/health/": 200,
        "/ready/": 503,
        "/metrics/": 200,
        "/en/open/": 500,
    }
    checks = json.loads(found["/ready/"][1])["checks"]
    assert [one["name"] for one in checks if one["ok"]] == ["disk"]
    assert ("OperationalError" in run.stderr, "a-secret" in run.stdout + run.stderr) == (True, False)
