import {
  type Block,
  code,
  enumerate,
  type Inline,
  list,
  paragraph,
  prose,
  type Section,
  say,
  table,
} from "../emit/document.js";
import { allSteps } from "../language/consent/parts.js";
import type { Command, Model } from "../model/model.js";
import { isKept, statePath } from "../model/state-path.js";
import { describe } from "./field-rows.js";
import { partRows } from "./parts.js";
import { value } from "./words.js";

/** What is kept on the user's machine, and how to be rid of it. */
export function stateFile(model: Model): readonly Section[] {
  const { consent, identifiers, product } = model;
  const { commands, stateFile: file } = consent;
  const path = statePath(model);
  if (path === undefined) return [];
  const mode = file?.mode ?? "0600";
  const stated = mode === "0600" ? "" : say`; the contract says ${code(mode)}, which the client doesn't do`;
  const place = path.startsWith("{app_dir}") ? say` ${appFolder(product)}` : "";
  const hashed = identifiers.filter((one) => one.hash !== undefined && isKept(one)).map(({ name }) => code(name));
  const rows: readonly (readonly Inline[])[] = [
    ...(file?.keys ?? []).map(({ key, type }) => [code(key), describe(type)]),
    ...ownRows(model),
    ...partRows(model),
    ...(consent.adopts === undefined
      ? []
      : [[code("adopted"), "that what an earlier version left was taken over; it is never sent"]]),
    ...(hashed.length === 0
      ? []
      : [
          [
            code("machine_secret"),
            say`the random number that ${enumerate(hashed, "and")} is made of; it is never sent`,
          ],
        ]),
  ];
  return [
    {
      title: "What is kept on your machine",
      blocks: [
        paragraph(
          say`${file === undefined ? "What has to outlive the program" : "The choice"} is kept in ${code(path)} (mode ${code("0600")}: you alone can read it${stated}).${place} ${unread(model)}`,
        ),
        ...(rows.length === 0 ? [] : [table(["Key", "What it may be"], rows)]),
        ...(file?.deletingIt === undefined ? [] : [paragraph(say`Deleting it ${prose(file.deletingIt)}.`)]),
        ...setBy([commands.enable, commands.disable]),
      ],
    },
  ];
}

/** What the client keeps there beside the contract's keys. */
function ownRows({ consent, consentEpoch, identifiers }: Model): readonly (readonly Inline[])[] {
  const declared = new Set((consent.stateFile?.keys ?? []).map(({ key }) => key));
  const minted = identifiers.filter((one) => isKept(one) && one.hash === undefined && !declared.has(one.name));
  const epoch = consentEpoch > 1 || (consent.notice?.once === true && consent.notice.stores.length === 0);
  return [
    ...minted.map(({ name, format }) => [code(name), describe(format)]),
    ...(epoch && !declared.has("consent_epoch")
      ? [[code("consent_epoch"), "which edition of this list you were last told about; it is never sent"]]
      : []),
  ];
}

/** What a file that nobody can read means. */
function unread({ consent }: Model): string {
  const asked = allSteps(consent).some(({ place }) => place.kind === "stored");
  return asked
    ? "If there is a file that can't be read whole, or an answer in it that isn't understood, that counts as a no, and it is left as it is."
    : "A file that can't be read is left as it is.";
}

/** Where each platform keeps what applications keep for one user. */
function appFolder(product: string): Inline {
  const [linux, mac, windows] = [
    `~/.config/${product}`,
    `~/Library/Application Support/${product}`,
    `%APPDATA%\\${product}`,
  ];
  return say`${code("{app_dir}")} is ${code(linux)} (or ${code(`$XDG_CONFIG_HOME/${product}`)}), on macOS ${code(mac)}, on Windows ${code(windows)}.`;
}

function setBy(commands: readonly (Command | undefined)[]): readonly Block[] {
  const lines = commands.flatMap((command): readonly Inline[] => {
    if (command === undefined || command.stores.length === 0) return [];
    return command.stores.map(({ key, value: set }) => say`${code(command.run)} records ${code(key)} = ${value(set)}.`);
  });
  return lines.length === 0 ? [] : [list(lines)];
}
