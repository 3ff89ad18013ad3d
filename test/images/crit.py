# Prints what crit decodes of the image files in argv, by path, every number as text.
import json
import sys

import pycriu


def plain(value):
    if isinstance(value, dict):
        return {key: plain(it) for key, it in value.items()}
    if isinstance(value, list):
        return [plain(it) for it in value]
    # Base64 comes in lines, and a text of a message never has one.
    if isinstance(value, str):
        return value.replace("\n", "")
    return value if isinstance(value, bool) else str(value)


def entries_of(path):
    with open(path, "rb") as file:
        return plain(pycriu.images.load(file, pretty=False)["entries"])


print(json.dumps({path: entries_of(path) for path in sys.argv[1:]}))
