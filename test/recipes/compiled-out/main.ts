import * as telemetry from "../../../generated/systems/cocoindex/client/telemetry.js";

telemetry.setup({ package: "python", lang: "python3.11", platform: "aarch64-macos", version: "1.0.0a1" });
telemetry.init();
telemetry.appUpdate();
await telemetry.flush();
console.log("the program");
