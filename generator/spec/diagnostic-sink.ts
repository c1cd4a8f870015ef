import { CODES, type Code } from "../diagnostics/codes.js";
import type { Diagnostic } from "../diagnostics/diagnostic.js";

/** A stretch of the spec, as UTF-16 offsets. Every tree node is one. */
export interface TextSpan {
  readonly start: number;
  readonly end: number;
}

/** The collector of findings about one file. Collecting never throws and never stops. */
export interface DiagnosticSink {
  readonly file: string;
  readonly found: readonly Diagnostic[];
  readonly add: (
    code: Code,
    place: TextSpan,
    message: string,
    more?: { hint?: string | undefined; related?: readonly { message: string; place: TextSpan }[] },
  ) => void;
}

/** A report about the file that people know by this name. The severity is the code's own. */
export function diagnosticSink(file: string): DiagnosticSink {
  const found: Diagnostic[] = [];
  return {
    file,
    found,
    add: (code, { start, end }, message, more = {}) => {
      found.push({
        code,
        severity: CODES[code].severity,
        message,
        ...(more.hint === undefined ? {} : { hint: more.hint }),
        span: { file, start, end },
        ...(more.related === undefined
          ? {}
          : {
              related: more.related.map(({ message, place }) => ({
                message,
                span: { file, start: place.start, end: place.end },
              })),
            }),
      });
    },
  };
}
