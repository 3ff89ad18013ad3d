# Prints every message and enum that pycriu knows, fields as "number label type".
import importlib
import json
import pkgutil

import pycriu.images

NAMES = {1: "double", 2: "float", 3: "int64", 4: "uint64", 5: "int32", 6: "fixed64", 7: "fixed32",
         8: "bool", 9: "string", 12: "bytes", 13: "uint32", 15: "sfixed32", 16: "sfixed64",
         17: "sint32", 18: "sint64"}
LABELS = {1: "optional", 2: "required", 3: "repeated"}


def type_of(field):
    if field.message_type:
        return field.message_type.name
    if field.enum_type:
        return field.enum_type.name
    return NAMES[field.type]


known = {}
for module in pkgutil.iter_modules(pycriu.images.__path__):
    if not module.name.endswith("_pb2"):
        continue
    descriptor = importlib.import_module("pycriu.images." + module.name).DESCRIPTOR
    for name, enum in descriptor.enum_types_by_name.items():
        known[name] = {value.name: value.number for value in enum.values}
    for name, message in descriptor.message_types_by_name.items():
        known[name] = {field.name: f"{field.number} {LABELS[field.label]} {type_of(field)}"
                       for field in message.fields}
print(json.dumps(known))
