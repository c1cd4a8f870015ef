import { code, paragraph, say } from "../../emit/document.js";
import { defineSink } from "./define.js";

/** OpenTelemetry's protocol over HTTP as JSON: events as log records, metrics as gauges. */
export const otlp = defineSink({
  about: "OpenTelemetry: OTLP over HTTP as JSON",
  called: "an OpenTelemetry collector",
  needs: ["url"],
  knows: ["url", "secret"],
  file: "sinks/otlp",
  export: "otlp",
  queued: true,
  dashboards: [],
  told: (model) => ({ service: model.product }),
  backend: () => [
    paragraph(
      say`Whatever takes OTLP over HTTP as JSON. ${code("url")} is its root, such as ${code("https://collector.example.com:4318/")}: events become log records at ${code("v1/logs")}, metrics gauges at ${code("v1/metrics")}. The secret, where there is one, is a bearer token. A log record's ${code("log.record.uid")} is the event's own identity: keep one of each.`,
    ),
  ],
  retention: () => [paragraph("Set it where the collector stores what it gets.")],
  deletion: (_, identifier) => [
    paragraph(say`Where the collector stores them, by the attribute ${code(identifier)}; the protocol can't delete.`),
  ],
  forgets: false,
});
