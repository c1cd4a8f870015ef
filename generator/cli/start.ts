import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { cacheFolder } from "./cache-folder.js";
import { loadScript, toolIdOf } from "./load-script.js";
import type * as Main from "./main.js";

/** Set by the build. */
declare const PLAINSIGHT_BUILD: string;

// All that Node has to compile anew at every start: the command itself comes from V8's code cache.
const self = fileURLToPath(import.meta.url);
const dist = dirname(self);
const command = join(dist, "command.cjs");
const analyze = join(dist, "analyze.cjs");
const generate = join(dist, "generate.cjs");
const draft = join(dist, "draft.cjs");
const id = toolIdOf(PLAINSIGHT_BUILD, [self, command, analyze, generate, draft]);
const cache = cacheFolder(dist, process.env, process.platform);
const { exports: loaded, keepCompiled } = loadScript<typeof Main>(command, "command", cache, id);
await loaded.main({
  id,
  cache,
  analyze,
  generate,
  draft,
  templates: join(dist, "templates"),
  // From within a script, Node would warn that it can.
  load: (specifier) => import(specifier),
});
keepCompiled();
