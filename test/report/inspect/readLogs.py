"""Reads all logs of a folder with inspect_ai and tells, as JSON, what it found and what it did not keep."""

import json
import sys
from datetime import datetime
from importlib.metadata import version
from pathlib import Path
from urllib.parse import unquote, urlparse

from inspect_ai.log import list_eval_logs, read_eval_log, write_eval_log

TIMES = {"created", "started_at", "completed_at", "timestamp", "completed"}
# Inspect resolves the messages that calls of models refer to.
RESOLVED = {"input_refs", "events_data", "input"}


def lost(raw, kept, path=""):
    """Places of the file that the log, as Inspect read it, does not have or has otherwise."""
    if isinstance(raw, dict):
        if not isinstance(kept, dict):
            return [path]
        skipped = RESOLVED if raw.get("event") == "model" or "events_data" in raw else set()
        return [
            place
            for key, value in raw.items()
            if value is not None and key not in skipped
            for place in (lost(value, kept[key], f"{path}/{key}") if key in kept else [f"{path}/{key}"])
        ]
    if isinstance(raw, list):
        if not isinstance(kept, list) or len(raw) != len(kept):
            return [path]
        return [place for i, value in enumerate(raw) for place in lost(value, kept[i], f"{path}/{i}")]
    if path.rsplit("/", 1)[-1] in TIMES and raw:
        return [] if datetime.fromisoformat(raw) == datetime.fromisoformat(kept) else [path]
    return [] if raw == kept else [path]


def read(info):
    file = Path(unquote(urlparse(info.name).path))
    raw = json.loads(file.read_text(encoding="utf-8"))
    log = read_eval_log(info.name, resolve_attachments=True)
    header = read_eval_log(info.name, header_only=True)
    kept = json.loads(log.model_dump_json(exclude_none=True))
    converted = str(file.with_suffix(".eval"))
    write_eval_log(log, converted)
    return {
        "listed": [info.task, info.task_id],
        "task": log.eval.task,
        "taskId": log.eval.task_id,
        "model": log.eval.model,
        "status": log.status,
        "headline": log.eval.headline_metric.metric,
        "lost": lost(raw, kept),
        "sameHeader": header.eval == log.eval and header.results == log.results and header.stats == log.stats,
        "converted": len(read_eval_log(converted).samples),
        "samples": [
            {
                "id": sample.id,
                "epoch": sample.epoch,
                "error": sample.error.message if sample.error else None,
                "scores": {name: score.value for name, score in (sample.scores or {}).items()},
                "messages": [message.role for message in sample.messages],
                "completion": sample.output.completion,
                "calls": [[m.role for m in e.input] for e in sample.events if e.event == "model"],
            }
            for sample in log.samples
        ],
    }


print(json.dumps({"version": version("inspect_ai"), "logs": [read(i) for i in list_eval_logs(sys.argv[1])]}))
