/**
 * The clients that people reach for, as their documents set them up: a program's text that makes one, a call that records one
 * use, and how it is left. `ENDPOINT` is where it sends to.
 */
export const peers: Readonly<Record<string, { readonly make: string }>> = {
  "OpenTelemetry SDK counter": {
    make: `import { MeterProvider, PeriodicExportingMetricReader } from "@opentelemetry/sdk-metrics";
      import { OTLPMetricExporter } from "@opentelemetry/exporter-metrics-otlp-http";
      const exporter = new OTLPMetricExporter({ url: ENDPOINT + "/v1/metrics" });
      const provider = new MeterProvider({ readers: [new PeriodicExportingMetricReader({ exporter })] });
      const uses = provider.getMeter("bench").createCounter("uses");
      const record = () => uses.add(1, { kind: "mcp_tool", name: "codegraph_explore", ok: true, client: "Claude Code" });
      const leave = () => provider.shutdown();`,
  },
  "posthog-node capture": {
    make: `import { PostHog } from "posthog-node";
      const posthog = new PostHog("key", { host: ENDPOINT });
      const record = () => posthog.capture({ distinctId: "machine", event: "use",
        properties: { kind: "mcp_tool", name: "codegraph_explore", ok: true, client: "Claude Code" } });
      const leave = () => posthog.shutdown();`,
  },
  "@segment/analytics-node track": {
    make: `import { Analytics } from "@segment/analytics-node";
      const analytics = new Analytics({ writeKey: "key", host: ENDPOINT });
      analytics.on("error", () => {});
      const record = () => analytics.track({ anonymousId: "machine", event: "use",
        properties: { kind: "mcp_tool", name: "codegraph_explore", ok: true, client: "Claude Code" } });
      const leave = () => analytics.closeAndFlush();`,
  },
};
