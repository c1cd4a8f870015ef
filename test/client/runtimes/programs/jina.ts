import * as telemetry from "../../../../generated/systems/jina/client/telemetry.js";

telemetry.setup({
  architecture: "x86_64",
  ciVendor: "(unset)",
  docarray: "0.15.2",
  grpcio: "1.46.3",
  jinaProto: "0.1.13",
  platform: "Darwin",
  platformRelease: "21.6.0",
  platformVersion: "Darwin Kernel Version 21.6.0",
  processor: "i386",
  protoBackend: "cpp",
  protobuf: "3.20.1",
  python: "3.7.9",
  pyyaml: "6.0",
});
telemetry.flowStart();
telemetry.flush(10_000);
