import { type Literal, PureCall } from "../../emit/literal.js";
import type { Model } from "../../model/model.js";
import { fieldsData } from "./field-data.js";

/** Returns where people may name another address. */
export function overrideData({ override }: Model["destination"]): Literal {
  return (
    override && {
      order: override.order.map(({ kind: _, ...place }) => place as Literal),
      httpAllowedFor: override.httpAllowedFor,
      whenRejected: override.whenRejected,
    }
  );
}

/** Returns where it goes, as sending is told. */
export function destinationData(model: Model): Literal {
  const { destination } = model;
  const rest = {
    urlFields: destination.urlFields.length > 0 ? fieldsData(model, destination.urlFields) : undefined,
    override: overrideData(destination),
  };
  return destination.namedBy === undefined
    ? { url: destination.url, ...rest }
    : new PureCall("addressed", [new PureCall("client"), new PureCall("addressOf"), rest]);
}
