#include "doc/record_json.h"

namespace hoidau {
namespace {

// Fields may be added to the large objects; the small ones that carry provenance are closed, so that a slip in a name
// does not pass.
constexpr const char* kSchema = R"schema({
  "$schema": "https://json-schema.org/draft/2020-12/schema",
  "$id": "urn:hoidau:schema:hoidau-document:1",
  "title": "hoidau document record",
  "description": "One document. Spans are [begin, end) in Unicode code points of `text`; boxes are [left, top, right, bottom] in pixels of the page image; confidences are probabilities; dates are ISO 8601; what the document does not give is null.",
  "type": "object",
  "required": ["schema", "source", "metadata", "references", "sections", "tasks", "events", "dates", "units", "quantities",
               "text", "pages", "issues", "evidence"],
  "properties": {
    "schema": { "const": "hoidau-document/1" },
    "source": {
      "type": "object",
      "required": ["file", "sha256", "pages", "kind", "text_origin", "encoding"],
      "properties": {
        "file": { "type": "string" },
        "sha256": { "type": "string", "pattern": "^[0-9a-f]{64}$" },
        "pages": { "type": "integer", "minimum": 0 },
        "kind": { "enum": ["scanned-pdf", "digital-pdf", "mixed-pdf", "image", "text"] },
        "text_origin": { "enum": ["ocr", "text-layer", "combined", "text"] },
        "encoding": { "type": "string", "pattern": "^[a-z0-9-]+$" }
      }
    },
    "metadata": {
      "type": "object",
      "required": ["issuer", "number", "symbol", "type", "type_code", "place", "date", "signed_on", "subject", "addressees",
                   "recipients", "signature", "digital_signatures"],
      "properties": {
        "issuer": {
          "type": "object",
          "required": ["name", "parent", "place"],
          "properties": {
            "name": { "$ref": "#/$defs/value" },
            "parent": { "$ref": "#/$defs/value" },
            "place": {
              "type": "object",
              "required": ["name", "province", "code"],
              "properties": {
                "name": { "$ref": "#/$defs/value" },
                "province": { "$ref": "#/$defs/value" },
                "code": { "type": ["string", "null"], "pattern": "^[0-9]{2,10}$" }
              }
            }
          }
        },
        "number": { "$ref": "#/$defs/value" },
        "symbol": { "$ref": "#/$defs/value" },
        "type": { "$ref": "#/$defs/value" },
        "type_code": { "$ref": "#/$defs/value" },
        "place": { "$ref": "#/$defs/value" },
        "date": { "oneOf": [{ "type": "null" }, { "$ref": "#/$defs/date" }] },
        "signed_on": { "$ref": "#/$defs/day" },
        "subject": { "$ref": "#/$defs/value" },
        "addressees": { "$ref": "#/$defs/texts" },
        "recipients": { "$ref": "#/$defs/texts" },
        "signature": {
          "type": "object",
          "required": ["authority", "on_behalf", "position", "name"],
          "properties": {
            "authority": { "$ref": "#/$defs/value" },
            "on_behalf": { "$ref": "#/$defs/value" },
            "position": { "$ref": "#/$defs/value" },
            "name": { "$ref": "#/$defs/value" }
          }
        },
        "digital_signatures": {
          "type": "array",
          "items": {
            "type": "object",
            "required": ["signer", "email", "time"],
            "properties": {
              "signer": { "type": "string", "minLength": 1 },
              "email": { "$ref": "#/$defs/value" },
              "time": { "type": ["string", "null"], "pattern": "^\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}([+-]\\d{2}:\\d{2}|Z)?$" }
            }
          }
        }
      }
    },
    "references": {
      "type": "array",
      "items": {
        "type": "object",
        "required": ["type", "symbol", "title", "date", "issuer", "mentions"],
        "properties": {
          "type": { "$ref": "#/$defs/value" },
          "symbol": { "type": ["string", "null"], "minLength": 1, "pattern": "^\\S+$" },
          "title": { "$ref": "#/$defs/value" },
          "date": { "type": ["string", "null"], "pattern": "^\\d{4}(-\\d{2}(-\\d{2})?)?$" },
          "issuer": { "$ref": "#/$defs/value" },
          "mentions": { "$ref": "#/$defs/spans" }
        }
      }
    },
    "sections": { "type": "array", "items": { "$ref": "#/$defs/section" } },
    "tasks": {
      "type": "array",
      "items": {
        "type": "object",
        "required": ["id", "section", "kind", "assignees", "requested", "action", "when", "when_from", "due", "report_to",
                     "span", "confidence"],
        "properties": {
          "id": { "type": "string", "pattern": "#[0-9]+$" },
          "section": { "$ref": "#/$defs/value" },
          "kind": { "enum": ["assigned", "activity"] },
          "assignees": {
            "type": "array",
            "items": {
              "type": "object",
              "required": ["unit", "name", "role"],
              "properties": {
                "unit": { "$ref": "#/$defs/unit_id" },
                "name": { "type": "string", "minLength": 1 },
                "role": { "enum": ["lead", "coordinate"] }
              }
            }
          },
          "requested": { "type": "boolean" },
          "action": { "type": "string", "minLength": 1 },
          "when": { "oneOf": [{ "type": "null" }, { "$ref": "#/$defs/date" }] },
          "when_from": { "enum": ["own", "heading", "schedule", null] },
          "due": { "$ref": "#/$defs/day" },
          "report_to": {
            "oneOf": [{ "type": "null" }, { "type": "array", "minItems": 1, "items": { "type": "string", "minLength": 1 } }]
          },
          "span": { "$ref": "#/$defs/span" },
          "confidence": { "$ref": "#/$defs/probability" }
        }
      }
    },
    "events": {
      "type": "array",
      "items": {
        "type": "object",
        "required": ["id", "title", "when", "where", "section", "part_of", "span"],
        "properties": {
          "id": { "$ref": "#/$defs/event_id" },
          "title": { "type": "string", "minLength": 1 },
          "when": { "oneOf": [{ "type": "null" }, { "$ref": "#/$defs/date" }] },
          "where": { "$ref": "#/$defs/value" },
          "section": { "$ref": "#/$defs/value" },
          "part_of": { "oneOf": [{ "type": "null" }, { "$ref": "#/$defs/event_id" }] },
          "span": { "$ref": "#/$defs/span" }
        }
      }
    },
    "dates": { "type": "array", "items": { "$ref": "#/$defs/date" } },
    "units": {
      "type": "array",
      "items": {
        "type": "object",
        "required": ["id", "name", "collective", "roles", "mentions"],
        "properties": {
          "id": { "$ref": "#/$defs/unit_id" },
          "name": { "type": "string", "minLength": 1 },
          "collective": { "type": "boolean" },
          "roles": {
            "type": "array", "uniqueItems": true,
            "items": { "enum": ["issue", "issue_cited", "lead", "coordinate", "receive"] }
          },
          "mentions": { "$ref": "#/$defs/spans" }
        }
      }
    },
    "quantities": {
      "type": "array",
      "items": {
        "type": "object",
        "required": ["text", "value", "bound", "of", "span"],
        "properties": {
          "text": { "type": "string", "minLength": 1 },
          "value": { "type": "number" },
          "bound": { "enum": ["min", "max", "exact", "approx"] },
          "of": { "type": "string" },
          "span": { "$ref": "#/$defs/span" }
        }
      }
    },
    "text": { "type": "string" },
    "pages": {
      "type": "array",
      "items": {
        "type": "object",
        "required": ["number", "width", "height", "source", "reason", "marks", "lines"],
        "properties": {
          "number": { "type": "integer", "minimum": 1 },
          "width": { "type": ["integer", "null"], "minimum": 1 },
          "height": { "type": ["integer", "null"], "minimum": 1 },
          "quarter_turns": { "type": "integer", "minimum": 0, "maximum": 3 },
          "source": { "enum": ["text", "text-layer", "ocr", "both"] },
          "reason": { "type": "string" },
          "marks": {
            "type": "array",
            "items": {
              "type": "object",
              "required": ["kind", "box", "text", "number", "date"],
              "additionalProperties": false,
              "properties": {
                "kind": { "enum": ["seal", "incoming_stamp", "signature", "handwriting"] },
                "box": { "$ref": "#/$defs/box" },
                "text": { "$ref": "#/$defs/value" },
                "number": { "$ref": "#/$defs/value" },
                "date": { "$ref": "#/$defs/day" }
              }
            }
          },
          "lines": {
            "type": "array",
            "items": {
              "type": "object",
              "required": ["span", "box", "tokens"],
              "properties": {
                "span": { "$ref": "#/$defs/span" },
                "box": { "$ref": "#/$defs/box" },
                "tokens": {
                  "type": "array",
                  "items": {
                    "type": "object",
                    "required": ["span", "observed", "text", "confidence", "box", "alternatives", "unsure"],
                    "additionalProperties": false,
                    "properties": {
                      "span": { "$ref": "#/$defs/span" },
                      "observed": { "type": "string" },
                      "text": { "type": "string" },
                      "confidence": { "$ref": "#/$defs/probability" },
                      "box": { "$ref": "#/$defs/box" },
                      "alternatives": {
                        "type": "array",
                        "items": {
                          "type": "object",
                          "required": ["text", "confidence"],
                          "additionalProperties": false,
                          "properties": {
                            "text": { "type": "string" },
                            "confidence": { "$ref": "#/$defs/probability" }
                          }
                        }
                      },
                      "unsure": { "type": "boolean" }
                    }
                  }
                }
              }
            }
          }
        }
      }
    },
    "issues": {
      "type": "array",
      "items": {
        "type": "object",
        "required": ["stage", "page", "code", "message"],
        "properties": {
          "stage": { "enum": ["ingest", "ocr", "repair", "segment", "extract", "emit"] },
          "page": { "type": ["integer", "null"], "minimum": 1 },
          "code": { "type": "string", "pattern": "^[a-z0-9]+(-[a-z0-9]+)*$" },
          "message": { "type": "string", "minLength": 1 }
        }
      }
    },
    "evidence": {
      "type": "object",
      "propertyNames": { "pattern": "^(/([^/~]|~[01])*)+$" },
      "additionalProperties": {
        "type": "object",
        "required": ["span", "confidence", "rule", "inferred"],
        "additionalProperties": false,
        "properties": {
          "span": { "oneOf": [{ "type": "null" }, { "$ref": "#/$defs/span" }] },
          "confidence": { "$ref": "#/$defs/probability" },
          "rule": { "type": "string", "minLength": 1 },
          "inferred": { "type": "boolean" }
        }
      }
    }
  },
  "$defs": {
    "value": { "type": ["string", "null"], "minLength": 1 },
    "texts": { "type": "array", "items": { "type": "string", "minLength": 1 } },
    "day": { "type": ["string", "null"], "pattern": "^\\d{4}-\\d{2}-\\d{2}$" },
    "probability": { "type": "number", "minimum": 0, "maximum": 1 },
    "span": { "type": "array", "minItems": 2, "maxItems": 2, "items": { "type": "integer", "minimum": 0 } },
    "spans": { "type": "array", "items": { "$ref": "#/$defs/span" } },
    "box": { "type": ["array", "null"], "minItems": 4, "maxItems": 4, "items": { "type": "number" } },
    "unit_id": { "type": "string", "pattern": "^u[0-9]+$" },
    "event_id": { "type": "string", "pattern": "^e[0-9]+$" },
    "section": {
      "type": "object",
      "required": ["id", "label", "title", "role", "level", "span", "children"],
      "properties": {
        "id": { "type": "string", "minLength": 1 },
        "label": { "type": "string" },
        "title": { "$ref": "#/$defs/value" },
        "role": { "enum": ["purpose", "requirements", "purpose_and_requirements", "theme", "content", "forms", "schedule",
                           "place", "budget", "assignment", "implementation", "unit", "event", "other"] },
        "level": { "type": "integer", "minimum": 1 },
        "span": { "$ref": "#/$defs/span" },
        "children": { "type": "array", "items": { "$ref": "#/$defs/section" } }
      }
    },
    "date": {
      "type": "object",
      "required": ["text", "kind", "value", "start", "end", "part_of_day", "part", "time", "calendar", "incomplete", "resolved",
                   "in_name", "span"],
      "properties": {
        "text": { "type": "string", "minLength": 1 },
        "kind": { "enum": ["day", "month", "quarter", "year", "range", "before", "after", "annual", "recurring", "duration",
                           "relative"] },
        "value": { "$ref": "#/$defs/value" },
        "start": { "$ref": "#/$defs/point" },
        "end": { "$ref": "#/$defs/point" },
        "part_of_day": { "enum": ["morning", "afternoon", "evening", null] },
        "part": { "enum": ["start", "mid", "end", null] },
        "time": { "type": ["string", "null"], "pattern": "^([01]\\d|2[0-3]):[0-5]\\d$" },
        "calendar": { "enum": ["lunar", null] },
        "incomplete": { "type": "boolean" },
        "resolved": { "type": "boolean" },
        "in_name": { "type": "boolean" },
        "span": { "$ref": "#/$defs/span" }
      },
      "allOf": [
        { "if": { "properties": { "kind": { "const": "day" } } },
          "then": { "properties": { "value": { "pattern": "^\\d{4}-\\d{2}-\\d{2}$" } } } },
        { "if": { "properties": { "kind": { "const": "month" } } },
          "then": { "properties": { "value": { "pattern": "^\\d{4}-(0[1-9]|1[0-2])$" } } } },
        { "if": { "properties": { "kind": { "const": "quarter" } } },
          "then": { "properties": { "value": { "pattern": "^\\d{4}-Q[1-4]$" } } } },
        { "if": { "properties": { "kind": { "const": "year" } } },
          "then": { "properties": { "value": { "pattern": "^\\d{4}$" } } } },
        { "if": { "properties": { "kind": { "const": "range" } } },
          "then": { "properties": { "value": { "pattern": "^(\\d{4}-H[12]|\\d{4}[-0-9QH]*/\\d{4}[-0-9QH]*)$" } } } },
        { "if": { "properties": { "kind": { "const": "before" } } },
          "then": { "properties": { "value": { "pattern": "^\\.\\./\\d{4}[-0-9QH]*$" } } } },
        { "if": { "properties": { "kind": { "const": "after" } } },
          "then": { "properties": { "value": { "pattern": "^\\d{4}[-0-9QH]*/\\.\\.$" } } } },
        { "if": { "properties": { "kind": { "const": "annual" } } },
          "then": { "properties": { "value": { "pattern": "^--\\d{2}(-\\d{2})?$" } } } },
        { "if": { "properties": { "kind": { "const": "recurring" } } },
          "then": { "properties": { "value": { "pattern": "^FREQ=(DAILY|WEEKLY|MONTHLY|YEARLY)(;[A-Z]+=[A-Z0-9,+-]+)*$" } } } },
        { "if": { "properties": { "kind": { "const": "duration" } } },
          "then": { "properties": { "value": { "pattern": "^P(\\d+[YMWD])*(T(\\d+[HMS])+)?$" } } } }
      ]
    },
    "point": { "type": ["string", "null"], "pattern": "^(\\d{4}(-\\d{2}(-\\d{2})?|-Q[1-4]|-H[12])?|--\\d{2}-\\d{2})$" }
  }
}
)schema";

}  // namespace

std::string RecordSchema() { return kSchema; }

}  // namespace hoidau
