import { request as httpRequest } from "node:http";
import { request as httpsRequest } from "node:https";
import { visible } from "../emit/visible.js";

/** The number of bytes that an endpoint may send. */
const largest = 4 << 20;

export interface Asked {
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
}

export type Answered = { readonly status: number; readonly text: string } | { readonly problem: string };

/** The errors that a person can do something about, by how their codes begin. */
const REASONS: readonly (readonly [RegExp, string])[] = [
  [/^ECONNREFUSED/, "nothing listens there: is the worker running, and is the port the right one?"],
  [/^ENOTFOUND/, "there is no host of this name: check its spelling"],
  [/^EAI_AGAIN/, "its name can't be looked up at the moment: is this machine online?"],
  [/^E(HOST|NET)UNREACH/, "it can't be reached from this network"],
  [/^(ECONNRESET|EPIPE)/, "the connection was cut: is it the right port, and http or https as it should be?"],
  [/^CERT_HAS_EXPIRED/, "its certificate has expired, so clients refuse it, too: renew it"],
  [/^CERT_NOT_YET_VALID/, "its certificate isn't valid yet: check this machine's clock, then the certificate"],
  [
    /^ERR_TLS_CERT_ALTNAME/,
    "its certificate is for another host: check the address, or have the certificate name this host",
  ],
  [
    /SELF_SIGNED|^UNABLE_TO_|^CERT_/,
    "its certificate is from no authority that is known here, so clients refuse it, too: install one with its chain, or name your own authority in NODE_EXTRA_CA_CERTS",
  ],
  [/^(EPROTO|ERR_SSL)/, "what answers there doesn't speak TLS as it should: is it an http address, or another port?"],
  [/^HPE_/, "what answers there doesn't speak HTTP: is it another port, or an https address?"],
];

function whyNot(code = ""): string {
  const words = REASONS.find(([begins]) => begins.test(code))?.[1];
  return words === undefined ? "" : `: ${words}`;
}

/**
 * One request, and its whole answer. One timer around all of it: name, connection, head and body; whatever is still under way then is
 * cut off. `fetch` can't be used: what it has begun to read stays open after an abort, and holds the process.
 */
export async function request(place: URL, { method, headers, body }: Asked, patience: number): Promise<Answered> {
  const send = place.protocol === "http:" ? httpRequest : httpsRequest;
  return new Promise((resolve) => {
    const end = (answer: Answered) => {
      clearTimeout(timer);
      resolve(answer);
      sent.destroy();
    };
    const failed = ({ message, code }: NodeJS.ErrnoException) =>
      end({ problem: `no answer that can be read${whyNot(code)} (${visible(code ?? message)})` });
    const timer = setTimeout(() => end({ problem: `no whole answer within ${patience / 1000} s` }), patience);
    const length = body === undefined ? {} : { "content-length": String(Buffer.byteLength(body)) };
    const sent = send(place, { method, agent: false, headers: { ...headers, ...length } }, (response) => {
      const parts: Buffer[] = [];
      let size = 0;
      response.on("data", (part: Buffer) => {
        parts.push(part);
        size += part.length;
        if (size > largest) end({ problem: "the answer is too large to be a contract" });
      });
      response.on("end", () => end({ status: response.statusCode ?? 0, text: Buffer.concat(parts).toString("utf8") }));
      response.on("error", failed);
    });
    sent.on("error", failed);
    sent.end(body);
  });
}
