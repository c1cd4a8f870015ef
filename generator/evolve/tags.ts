import { spawnSync } from "node:child_process";
import type { Diagnostic } from "../diagnostics/diagnostic.js";
import type { Model } from "../model/model.js";
import type { Commit } from "./base.js";
import { frozenName } from "./frozen-files.js";
import { refusal } from "./refusal.js";

/**
 * Contracts that were released and that nobody froze: the newest release that the base has, by its tag, holds a version of which no file is here.
 * Nothing can be compared with what its users were told.
 */
export function unfrozenReleases(models: readonly Model[], { id }: Commit, root: string): readonly Diagnostic[] {
  const git = (...args: readonly string[]) => {
    const { status, stdout } = spawnSync("git", args, { cwd: root, encoding: "utf8", maxBuffer: 1 << 26 });
    return status === 0 ? stdout : "";
  };
  const tags = git("tag", "--merged", id, "--sort=-creatordate", "--sort=-version:refname").split("\n");
  return models.flatMap((model): readonly Diagnostic[] => {
    const tag = tags.find((name) => isRelease(name, model.product));
    if (tag === undefined) return [];
    const text = git("show", `${tag}:./${model.source}`);
    const version = Number(/^schema_version[ \t]*:[ \t]*(\d{1,9})/m.exec(text)?.[1]);
    if (Number.isNaN(version) || model.frozen.some(({ schemaVersion }) => schemaVersion === version)) return [];
    const file = `${model.source.replace(/[^/]*$/, "")}${frozenName(version)}`;
    return [
      refusal(
        "release-not-frozen",
        `${tag} was released with version ${version} of ${model.source}, and there is no ${file}.`,
        { ...model.at, end: model.at.start },
      ),
    ];
  });
}

/** `v1.4.0`, `1.4`, `tool-v1.4.0`, `tool@1.4.0`: a release of this product, and no candidate of one. */
function isRelease(tag: string, product: string): boolean {
  const [, name = "", number] = /^(?:(.+?)[-@/])?(v?\d+\.\d+(?:\.\d+)*)$/.exec(tag) ?? [];
  return number !== undefined && (name === "" || name.replace(/^.*\//, "") === product);
}
