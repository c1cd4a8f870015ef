import { ts } from "ts-morph";

/** Returns whether two texts of JavaScript or TypeScript are one program, however they are printed and commented. */
export function sameCode(a: string, b: string, file: string): boolean {
  if (!/\.[cm]?[jt]s$/.test(file)) return false;
  // The same compiler adds nothing but the way to its map.
  const [first, second] = [withoutMap(a), withoutMap(b)];
  return first === second || bare(first, file) === bare(second, file);
}

function withoutMap(text: string): string {
  return text.replace(/\n?\/\/# sourceMappingURL=\S*\s*$/, "\n");
}

function bare(text: string, file: string): string {
  const { outputText } = ts.transpileModule(text, {
    fileName: file,
    compilerOptions: {
      target: ts.ScriptTarget.ESNext,
      module: ts.ModuleKind.Preserve,
      newLine: ts.NewLineKind.LineFeed,
      removeComments: true,
      verbatimModuleSyntax: true,
    },
  });
  return outputText.replace(/^"use strict";\n/, "").trim();
}
