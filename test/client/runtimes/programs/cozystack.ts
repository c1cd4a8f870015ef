import * as telemetry from "../../../../generated/systems/cozystack/client/telemetry.js";

telemetry.setup({ host: { config: () => ({}) } });
telemetry.reportOnce(() => {
  telemetry.cozyNodesCount({ os: "linux (Talos (v1.8.4))", kernel: "6.6.64-talos" }, 3);
});
