import { type Block, code, type Inline, list, paragraph, prose, type Section, say, table } from "../code/document.js";
import type { Command, Model } from "../model/model.js";
import { describe } from "./field-rows.js";
import { value } from "./words.js";

/** What is kept on the user's machine, and how to be rid of it. */
export function stateFile({ consent }: Model): readonly Section[] {
  const { commands, stateFile: file } = consent;
  if (file === undefined) return [];
  const place = file.path.startsWith("{app_dir}")
    ? say` ${code("{app_dir}")} is the folder that your platform gives an application for its own files.`
    : "";
  const readers = /00$/.test(file.mode) ? "you alone can read it" : "others on the machine can read it, too";
  return [
    {
      title: "What is kept on your machine",
      blocks: [
        paragraph(
          say`The choice is kept in ${code(file.path)} (mode ${code(file.mode)}: ${readers}).${place} A file that can't be read counts as no file.`,
        ),
        table(
          ["Key", "What it may be"],
          file.keys.map(({ key, type }) => [code(key), describe(type)]),
        ),
        ...(file.deletingIt === undefined ? [] : [paragraph(say`Deleting it ${prose(file.deletingIt)}.`)]),
        ...setBy([commands.enable, commands.disable]),
      ],
    },
  ];
}

function setBy(commands: readonly (Command | undefined)[]): readonly Block[] {
  const lines = commands.flatMap((command): readonly Inline[] => {
    if (command === undefined || command.stores.length === 0) return [];
    return command.stores.map(({ key, value: set }) => say`${code(command.run)} records ${code(key)} = ${value(set)}.`);
  });
  return lines.length === 0 ? [] : [list(lines)];
}
