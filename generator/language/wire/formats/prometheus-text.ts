import type { Format } from "../define.js";

export const prometheusText: Format = {
  name: "prometheus-text",
  describes: "One sample per line, of `metrics`.",
  keys: ["headers"],
  required: [],
  terms: { sent: "report", whole: "sample", entry: "metric", field: "label" },
  type: "text/plain",
  clients: ["python", "go"],
};
