import { dirname, join, relative } from "node:path";
import ts from "typescript";

const root = join(import.meta.dirname, "../..");

/** A place in which one word of the language is told from all others together. */
export interface Choice {
  readonly place: string;
  readonly text: string;
}

/**
 * Returns the places of `generator/` that read `word === "a" ? A : B`, where `word` is a word of the language (declared in `language`,
 * `model` or `plan`) and both A and B say something: a word that is added gets B there, and nobody hears of it. What takes only things
 * of one kind (`[]`, `undefined` for the others), takes a wrapping off or needs the kind for its own parts is no choice.
 */
export function wordChoices(): readonly Choice[] {
  const { fileNames, options } = ts.getParsedCommandLineOfConfigFile(
    join(root, "tsconfig.json"),
    {},
    { ...ts.sys, onUnRecoverableConfigFileDiagnostic: () => undefined },
  ) ?? { fileNames: [], options: {} };
  const own = fileNames.filter((file) => relative(root, file).startsWith("generator"));
  const program = programOf(own, options);
  const checker = program.getTypeChecker();
  return own.flatMap((path) => {
    const file = program.getSourceFile(path);
    if (file === undefined) return [];
    return [...nodesOf(file)].filter(ts.isConditionalExpression).flatMap((node): readonly Choice[] => {
      const words = comparisons(node.condition).filter((one) => isWord(one, checker));
      if (!words.some((word) => isChoice(node, word))) return [];
      const { line } = file.getLineAndCharacterOfPosition(node.getStart());
      return [{ place: `${slashes(relative(root, path))}:${line + 1}`, text: node.getText().replaceAll(/\s+/g, " ") }];
    });
  });
}

/** The tool's own files alone: nobody else's types are words of the language, and to read them takes most of the time. */
function programOf(files: readonly string[], options: ts.CompilerOptions): ts.Program {
  const settings = { ...options, types: [] };
  const host = ts.createCompilerHost(settings);
  host.resolveModuleNameLiterals = (literals, from, _, all) =>
    literals.map(({ text }) =>
      text.startsWith(".") ? ts.resolveModuleName(text, from, all, host) : { resolvedModule: undefined },
    );
  return ts.createProgram(files, settings, host);
}

function* nodesOf(node: ts.Node): Iterable<ts.Node> {
  yield node;
  const inner: ts.Node[] = [];
  ts.forEachChild(node, (one) => {
    inner.push(one);
  });
  for (const one of inner) yield* nodesOf(one);
}

/** The sides of `===` and `!==` whose other side is a text. */
function comparisons(condition: ts.Expression): readonly ts.Expression[] {
  const node = bare(condition);
  if (ts.isPrefixUnaryExpression(node)) return comparisons(node.operand);
  if (!ts.isBinaryExpression(node)) return [];
  const { left, right, operatorToken } = node;
  if ([ts.SyntaxKind.AmpersandAmpersandToken, ts.SyntaxKind.BarBarToken].includes(operatorToken.kind))
    return [...comparisons(left), ...comparisons(right)];
  const compares = [ts.SyntaxKind.EqualsEqualsEqualsToken, ts.SyntaxKind.ExclamationEqualsEqualsToken];
  if (!compares.includes(operatorToken.kind)) return [];
  if (ts.isStringLiteral(right)) return [left];
  return ts.isStringLiteral(left) ? [right] : [];
}

/** Returns whether an expression is one of several texts, and comes from where the language's words are. */
function isWord(node: ts.Expression, checker: ts.TypeChecker): boolean {
  const type = checker.getTypeAtLocation(node);
  const kinds = (type.isUnion() ? type.types : [type]).filter(
    ({ flags }) => (flags & (ts.TypeFlags.Undefined | ts.TypeFlags.Null)) === 0,
  );
  if (kinds.length < 2 || !kinds.every((one) => one.isStringLiteral())) return false;
  const origins = [type.aliasSymbol, propertyOf(node, checker)].flatMap((symbol) => symbol?.declarations ?? []);
  return origins.some((one) =>
    /^generator\/(language|model|plan)$/.test(
      slashes(relative(root, dirname(one.getSourceFile().fileName)))
        .split("/")
        .slice(0, 2)
        .join("/"),
    ),
  );
}

/** The property that an expression reads, also where it was taken out of its object before. */
function propertyOf(node: ts.Expression, checker: ts.TypeChecker): ts.Symbol | undefined {
  const symbol = checker.getSymbolAtLocation(node);
  const [declaration] = symbol?.declarations ?? [];
  if (declaration === undefined || !ts.isBindingElement(declaration)) return symbol;
  const name = (declaration.propertyName ?? declaration.name).getText();
  return checker.getTypeAtLocation(declaration.parent).getProperty(name);
}

function isChoice({ whenTrue, whenFalse }: ts.ConditionalExpression, word: ts.Expression): boolean {
  const branches = [whenTrue, whenFalse].map(bare);
  if (branches.some(isNothing)) return false;
  if (!ts.isPropertyAccessExpression(word)) return true;
  const holder = word.expression.getText();
  const whole = [holder, `[${holder}]`, word.getText()];
  if (branches.some((one) => whole.includes(one.getText()))) return false;
  return !branches.some((one) =>
    [...nodesOf(one)].some(
      (inner) =>
        ts.isPropertyAccessExpression(inner) &&
        inner.expression.getText() === holder &&
        inner.name.text !== word.name.text,
    ),
  );
}

function isNothing(node: ts.Expression): boolean {
  if (ts.isArrayLiteralExpression(node)) return node.elements.length === 0;
  if (ts.isObjectLiteralExpression(node)) return node.properties.length === 0;
  if (ts.isStringLiteralLike(node)) return node.text === "";
  return ["undefined", "null", "false", "0"].includes(node.getText());
}

function bare(node: ts.Expression): ts.Expression {
  return ts.isParenthesizedExpression(node) || ts.isAsExpression(node) ? bare(node.expression) : node;
}

function slashes(path: string): string {
  return path.replaceAll("\\", "/");
}
