"""Writes what Presidio's pattern recognizers find in files as lines of JSON: file, start and end in bytes, entity, score.

No language model runs: each recognizer is asked by itself. Overlaps of one entity are merged by the highest score.
"""
import json
import sys

from presidio_analyzer import PatternRecognizer, RecognizerRegistry

registry = RecognizerRegistry()
registry.load_predefined_recognizers(languages=["en"])
recognizers = [r for r in registry.recognizers if isinstance(r, PatternRecognizer)]
for name in sys.argv[1:]:
    with open(name, encoding="utf-8") as f:
        text = f.read()
    offsets = [0]
    for c in text:
        offsets.append(offsets[-1] + len(c.encode()))
    found = {}
    for r in recognizers:
        for result in r.analyze(text, r.supported_entities, None):
            key = (offsets[result.start], offsets[result.end], result.entity_type)
            found[key] = max(found.get(key, 0), result.score)
    for (start, end, entity), score in sorted(found.items()):
        print(json.dumps({"file": name, "start": start, "end": end, "entity": entity, "score": score}))
