import { code, codeBlock, paragraph, say } from "../../emit/document.js";
import { shellQuoted } from "../../emit/shell.js";
import { defineSink } from "./define.js";

/** VictoriaMetrics and its kin. */
export const prometheusImport = defineSink({
  about: "VictoriaMetrics, or whatever else imports Prometheus text",
  called: "a Prometheus-compatible store",
  needs: ["url"],
  knows: ["url", "secret"],
  file: "sinks/prometheus-import",
  export: "prometheusImport",
  queued: true,
  dashboards: ["grafana"],
  backend: () => [
    paragraph(
      say`VictoriaMetrics or whatever offers ${code("/api/v1/import/prometheus")}; the secret, where there is one, is a bearer token. Samples carry their time, so what waited is dated rightly. Started with ${code("-dedup.minScrapeInterval=1ms")} it keeps one of two equal samples.`,
    ),
  ],
  retention: () => [paragraph(say`VictoriaMetrics: start it with ${code("-retentionPeriod")}.`)],
  deletion: (_, identifier) => [
    paragraph(say`${code("$METRICS")} is the address of the store, without a path.`),
    codeBlock(
      "sh",
      `curl -G "$METRICS/api/v1/admin/tsdb/delete_series" --data-urlencode ${shellQuoted(`match[]={${identifier}="<${identifier}>"}`)}`,
    ),
  ],
  forgets: true,
});
