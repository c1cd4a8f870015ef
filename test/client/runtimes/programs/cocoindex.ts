import * as telemetry from "../../../../generated/systems/cocoindex/client/telemetry.js";

telemetry.setup({ package: "python", platform: "aarch64-macos", lang: "python3.11" });
telemetry.init();
telemetry.flush(10_000);
