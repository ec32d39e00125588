"""The page that describes the API: made by the server from its OpenAPI document, so that it needs no network."""

from __future__ import annotations

from typing import Any

from probata.review.paging import Asked, Data, page
from probata.review.roles import Need

_PLACES = ("path", "query")
Record = dict[str, Any]


@page("review/api/docs.html", Need.SIGNED_IN)
def described(request: Asked) -> Data:
    """All operations by their kind."""
    from probata.review.api.root import api

    told = api.get_openapi_schema(path_prefix="/api/v1/")
    schemas = told["components"]["schemas"]
    kinds: dict[str, list[Record]] = {}
    for path, methods in told["paths"].items():
        for method, said in methods.items():
            kinds.setdefault(said["tags"][0], []).append(_operation(path, method, said, schemas))
    return {"kinds": [{"kind": kind, "operations": all_of} for kind, all_of in kinds.items()]}


def _operation(path: str, method: str, said: Record, schemas: Record) -> Record:
    values = [
        _value(p["name"], p["schema"], p["in"], p.get("required", False))
        for p in said.get("parameters", ())
        if p["in"] in _PLACES
    ]
    for media in said.get("requestBody", {}).get("content", {}).values():
        schema = media["schema"]
        schema = schemas[schema["$ref"].rpartition("/")[2]] if "$ref" in schema else schema
        needed = schema.get("required", ())
        values += [_value(k, v, "body", k in needed) for k, v in schema.get("properties", {}).items()]
    needs = said.get("x-needs", [])
    return {
        "method": method.upper(),
        "path": path,
        "description": said.get("description", ""),
        "needs": needs,
        "values": values,
    }


def _value(name: str, schema: Record, where: str, required: bool) -> Record:
    kinds = [schema, *schema.get("anyOf", ())]
    kind = next((k.get("format") or k["type"] for k in kinds if "type" in k), "")
    choice = schema.get("enum") or []
    return {"name": name, "in": where, "kind": kind, "choice": choice, "required": required}
