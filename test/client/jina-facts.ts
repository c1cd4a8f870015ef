/** The example in Jina's document. */
export const jinaFacts = {
  jinaProto: "0.1.13",
  docarray: "0.15.2",
  protobuf: "3.20.1",
  protoBackend: "cpp",
  grpcio: "1.46.3",
  pyyaml: "6.0",
  python: "3.7.9",
  platform: "Darwin",
  platformRelease: "21.6.0",
  platformVersion:
    "Darwin Kernel Version 21.6.0: Sat Jun 18 17:07:28 PDT 2022; root:xnu-8020.140.41~1/RELEASE_ARM64_T8110",
  architecture: "x86_64",
  processor: "i386",
  ciVendor: "(unset)",
  version: "3.7.13",
} as const;
