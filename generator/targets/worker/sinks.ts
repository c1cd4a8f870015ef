import { tableName } from "../../emit/sql.js";
import { type SinkDefinition, sinkName, sinks } from "../../language/sinks/index.js";
import type { JsonValue } from "../../model/json-schema.js";
import type { Model } from "../../model/model.js";
import { distinctField } from "../../model/told-by.js";

export { type SinkName, sinkName } from "../../language/sinks/index.js";

export function sinkOf(model: Model): SinkDefinition {
  return sinks[sinkName(model)];
}

/** Returns what `contract.js` says of the sink. */
export function sinkContract(model: Model): { readonly [key: string]: JsonValue } {
  const forward = model.ingest.forwardTo;
  const distinct = distinctField(model);
  return {
    sink: sinkName(model),
    ...(forward?.url === undefined ? {} : { url: forward.url }),
    ...(forward?.secret === undefined ? {} : { secret: forward.secret }),
    ...(distinct === undefined ? {} : { distinctId: distinct }),
    ...(forward?.region === undefined ? {} : { region: forward.region }),
    add: forward?.add ?? {},
    ...(sinkOf(model).sql === undefined ? {} : { table: tableName(model) }),
    ...sinkOf(model).told?.(model),
  };
}
