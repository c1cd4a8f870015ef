import { expect, it } from "vitest";
import { plainsight, write } from "../cli/project.js";
import { check, codes, git, raised, released } from "./repository.js";

it("misses the file of a version that was released, as far as tags tell", () => {
  const folder = released();
  write(folder, "spec/events.yaml", raised);
  git(folder, "commit", "-qam", "A second version");
  const next = raised.replace("[native, wasm, remote]", "[native, wasm, remote, cloud]");
  write(folder, "spec/events.yaml", next);
  // As long as nobody has it, a draft may grow.
  for (const tag of ["v2.0.0-rc.1", "other-v2.0.0", "nightly"]) git(folder, "tag", tag);
  expect(codes(check(folder, "--base", "main").out)).toEqual([]);
  git(folder, "tag", "v2.0.0");
  const { out } = check(folder, "--base", "main");
  expect(codes(out)).toEqual(["release-not-frozen"]);
  expect(out).toContain("v2.0.0 was released with version 2 of spec/events.yaml, and there is no spec/frozen/v2.json.");
  write(folder, "spec/events.yaml", raised);
  plainsight(folder, ["freeze"]);
  write(folder, "spec/events.yaml", next);
  expect(codes(check(folder, "--base", "main").out)).toEqual(["epoch-not-raised", "version-not-raised"]);
});
