import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** Packages that other packages carry inside their own files, where no bundler sees them. */
const within = { "@ts-morph/common": ["typescript"] };

/**
 * The licences of everything of other people that went into the bundles: name, version, licence, and its text.
 * @param inputs the files that esbuild's metafiles name. @throws where a package states no licence text.
 */
export function printNotices(root, inputs) {
  const names = inputs.flatMap(
    (input) => /(?:^|\/)node_modules\/((?:@[^/]+\/)?[^/]+)\/(?!.*node_modules\/)/.exec(input)?.[1] ?? [],
  );
  const own = [...new Set(names)].sort().map((name) => notice(root, name));
  const carried = [...new Set(names)].flatMap((carrier) =>
    (within[carrier] ?? []).map((name) => notice(root, name, carrier)),
  );
  const notices = [...own, ...carried];
  return [
    "plainsight bundles the following packages. Each is under its own licence, printed below.\n",
    ...notices.map(({ title }) => `- ${title}`),
    ...notices.map(({ title, text }) => `\n${"=".repeat(100)}\n${title}\n\n${text.trim()}`),
    "",
  ].join("\n");
}

function notice(root, packageName, carrier) {
  const folder = join(root, "node_modules", packageName);
  const { name, version, license } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
  const files = readdirSync(folder).filter((file) => /^(licen[cs]e|copying|notice|copyright|thirdparty)/i.test(file));
  const texts = files.sort().map((file) => readFileSync(join(folder, file), "utf8").replaceAll("\r\n", "\n"));
  const readme = join(folder, "README.md");
  if (texts.length === 0 && existsSync(readme)) texts.push(...licenceSection(readFileSync(readme, "utf8")));
  if (texts.length === 0) texts.push(`Licensed under ${license}; the package brings no text of it.`);
  return {
    title: carrier ? `${name} (${license}), inside ${carrier}` : `${name} ${version} (${license})`,
    text: texts.join("\n\n"),
  };
}

/** Some packages print theirs at the end of the readme. */
function licenceSection(readme) {
  const at = readme.search(/^#+ licen[cs]e/im);
  return at === -1 ? [] : [readme.slice(at)];
}
