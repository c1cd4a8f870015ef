export type Encoding = "plain" | "base64url";

export type Wire =
  | {
      readonly format: "json" /** Absent: the name is not sent. */;
      readonly eventKey?: string;
      readonly encoding: Encoding;
    }
  | {
      readonly format: "json-batch";
      readonly eventsKey: string;
      readonly eventKey: string;
      readonly fieldsKey: string;
      readonly timeKey?: string;
      readonly encoding: Encoding;
    }
  | { readonly format: "prometheus-text" };
