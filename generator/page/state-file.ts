import { type Block, code, enumerate, type Inline, paragraph, plainText, type Section, say } from "../emit/document.js";
import { allSteps } from "../language/consent/parts.js";
import type { Command, Model } from "../model/model.js";
import { isKept, statePath } from "../model/state-path.js";
import { partRows } from "./parts.js";
import { clause, value } from "./words.js";

export const APP_DIR = "{app_dir}";

/** Returns what is kept on the user's machine, and how to get rid of it. */
export function stateFile(model: Model): readonly Section[] {
  const { consent, identifiers, product } = model;
  const { commands, stateFile: file } = consent;
  const path = statePath(model);
  if (path === undefined) return [];
  const mode = file?.mode ?? "0600";
  const stated = mode === "0600" ? "" : say`; the contract says ${code(mode)}, which the client doesn't do`;
  const place = path.startsWith(APP_DIR) ? say` ${appFolder(product)}` : "";
  const hashed = identifiers
    .filter((identifier) => identifier.hash !== undefined && isKept(identifier))
    .map(({ name }) => code(name));
  const keys: readonly Inline[] = [
    ...(file?.keys ?? []).map(({ key, type: { identifier = key } }) =>
      identifier === key ? code(key) : say`${code(key)} (which is ${code(identifier)})`,
    ),
    ...ownRows(model),
    ...partRows(model),
    ...(consent.adopts === undefined
      ? []
      : [say`${code("adopted")} (that what an earlier version left was taken over; never sent)`]),
    ...(hashed.length === 0 && model.salts === undefined ? [] : [secret(hashed, model.salts === true)]),
  ];
  return [
    {
      title: "What is kept on your machine",
      blocks: [
        paragraph(
          say`${file === undefined || consent.none !== undefined ? "Whatever must outlast the program" : "Your choice"} is kept in ${code(path)} (only you can read it${stated}).${place} ${unread(model)}`,
        ),
        ...(keys.length === 0 ? [] : [paragraph(say`It holds ${enumerate(keys, "and")}.`)]),
        ...(file?.deletingIt === undefined ? [] : [paragraph(deleting(file.deletingIt))]),
        ...setBy([commands.enable, commands.disable]),
      ],
    },
  ];
}

/** What deleting the file does: the rest of a sentence, or a sentence of its own. */
function deleting(does: string): Inline {
  return say`Deleting it${/^[A-Z][^A-Z]/.test(does) ? ":" : ""} ${clause(does)}.`;
}

/** @param hashed the identifiers that are made of it. @param salts it is a salt. */
function secret(hashed: readonly Inline[], salts: boolean): Inline {
  const uses: readonly Inline[] = [
    ...(hashed.length === 0 ? [] : [say`that ${enumerate(hashed, "and")} ${hashed.length > 1 ? "are" : "is"} made of`]),
    ...(salts ? ["that stands in front of what is hashed"] : []),
  ];
  return say`${code("machine_secret")} (the random number ${enumerate(uses, "and")}; never sent)`;
}

/** Returns what the client keeps there beside the contract's keys. */
function ownRows({ consent, consentEpoch, identifiers }: Model): readonly Inline[] {
  // An identifier may lie under a key of another name.
  const declared = new Set((consent.stateFile?.keys ?? []).flatMap(({ key, type }) => [key, type.identifier ?? key]));
  const minted = identifiers.filter(
    (identifier) => isKept(identifier) && identifier.hash === undefined && !declared.has(identifier.name),
  );
  const epoch = consentEpoch > 1 || (consent.notice?.once === true && consent.notice.stores.length === 0);
  return [
    ...minted.map(({ name }) => code(name)),
    ...(epoch && !declared.has("consent_epoch")
      ? [say`${code("consent_epoch")} (which edition of this list you were last told about; never sent)`]
      : []),
  ];
}

/** Returns what a file that nobody can read means. */
function unread({ consent }: Model): string {
  const asked = allSteps(consent).some(({ place }) => place.kind === "stored");
  return asked ? "A damaged file or a meaningless answer counts as a no." : "A damaged file is left alone.";
}

/** Returns where each platform keeps what applications keep for one user. */
export function appFolder(product: string): Inline {
  const [linux, mac, windows] = [
    `~/.config/${product}`,
    `~/Library/Application Support/${product}`,
    `%APPDATA%\\${product}`,
  ];
  return say`${code(APP_DIR)} is ${code(linux)} (or ${code(`$XDG_CONFIG_HOME/${product}`)}), on macOS ${code(mac)}, on Windows ${code(windows)}.`;
}

function setBy(commands: readonly (Command | undefined)[]): readonly Block[] {
  const groups = new Map<string, { readonly runs: Inline[]; readonly stores: Inline }>();
  for (const { run, stores } of commands.flatMap((command) => command ?? [])) {
    if (stores.length === 0) continue;
    const stored = enumerate(
      stores.map(({ key, value: set }) => say`${code(key)} = ${value(set)}`),
      "and",
    );
    const group = groups.get(plainText(stored)) ?? { runs: [], stores: stored };
    group.runs.push(code(run));
    groups.set(plainText(stored), group);
  }
  const lines = [...groups.values()].map(
    ({ runs, stores }) => say`${enumerate(runs, "and")} ${runs.length > 1 ? "store" : "stores"} ${stores}`,
  );
  return lines.map((line) => paragraph(say`${line}.`));
}
