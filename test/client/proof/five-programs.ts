const jinaFacts = `{ jinaProto: "0.1.13", docarray: "0.15.2", protobuf: "3.20.1", protoBackend: "cpp", grpcio: "1.46.3", pyyaml: "6.0", python: "3.7.9", platform: "Darwin",
  platformRelease: "21.6.0", platformVersion: "Darwin", architecture: "x86_64", processor: "i386", ciVendor: "(unset)", version: "3.7.13" }`;

/** A program for each of the five contracts, which calls everything that its contract has. */
export const programs = {
  codegraph: `import * as telemetry from "./generated/client/telemetry.js";
    telemetry.setup({ version: "0.9.12" });
    telemetry.commandStart("index");
    telemetry.install({ targets: ["claude"], scope: "local", kind: "fresh", sqliteBackend: "native" });
    telemetry.index({ languages: ["go"], fileCount: 5, durationSeconds: 1, sqliteBackend: "wasm" });
    for (let i = 0; i < 100; i++) telemetry.count("mcp_tool", "codegraph_explore", true, { name: "Claude Code" });
    telemetry.counter("cli_command", "index").ok();
    telemetry.uninstall({ targets: ["claude"] });
    telemetry.flushEvery();
    await telemetry.ask("installer");
    await telemetry.flush();
    await telemetry.commandEnd("install");`,
  cocoindex: `import * as telemetry from "./generated/systems/cocoindex/client/telemetry.js";
    telemetry.setup({ package: "python", platform: "aarch64-macos", lang: "python3.11", version: "1.0.0a1" });
    telemetry.init(); telemetry.appCreate(); telemetry.appUpdate(); telemetry.appDrop();
    await telemetry.flush();`,
  cozystack: `import * as telemetry from "./generated/systems/cozystack/client/telemetry.js";
    const said = process.argv[2];
    const config = said === undefined ? {} : { config: () => { if (said === "throws") throw new Error("no cluster"); return { "telemetry-enabled": said }; } };
    telemetry.setup({ host: config });
    await telemetry.reportOnce(() => { telemetry.cozyTenantsCount(2); });
    telemetry.startReports(() => { telemetry.cozyTenantsCount(2); }).stop();`,
  docglow: `import * as telemetry from "./generated/systems/docglow/client/telemetry.js";
    telemetry.setup({ platform: "linux", pythonVersion: "3.12.2", version: "0.7.4" });
    await telemetry.ask("first \`docglow generate\`");
    telemetry.commandRun({ command: "generate", result: "success", durationMs: 4218, adapterType: null, projectShape: { models: 1, sources: 2, seeds: 3, tests: 4, macros: 5 }, featuresUsed: [] });
    await telemetry.flush();`,
  jina: `import * as telemetry from "./generated/systems/jina/client/telemetry.js";
    telemetry.setup(${jinaFacts});
    telemetry.flowStart(); telemetry.clientStart(); telemetry.baseExecutorStart();
    await telemetry.flush();`,
} as const;
