import { join } from "node:path";
import ts from "typescript";
import { expect, it } from "vitest";

const root = join(import.meta.dirname, "../..");

it("a wrong field, value or missing field does not compile", () => {
  const { config } = ts.readConfigFile(join(root, "tsconfig.json"), ts.sys.readFile) as {
    config: { compilerOptions: object };
  };
  const { options } = ts.convertCompilerOptionsFromJson(config.compilerOptions, root);
  const found = ts.getPreEmitDiagnostics(ts.createProgram([join(import.meta.dirname, "calls.ts")], options));
  expect(
    found.map(
      ({ messageText, file, start }) =>
        `${file?.fileName}:${file?.getLineAndCharacterOfPosition(start ?? 0).line} ${ts.flattenDiagnosticMessageText(messageText, " ")}`,
    ),
  ).toEqual([]);
});
