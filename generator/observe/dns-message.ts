/** The relevant content of one DNS message. */
export interface DnsMessage {
  /** The name that is asked for, in lower case, without the last dot. */
  readonly name: string;
  /** The addresses of an answer; empty in a question. */
  readonly addresses: readonly string[];
}

/** Reads a DNS message; undefined where the bytes aren't one. Whatever goes over the wire may be handed in. */
export function readDnsMessage(bytes: Uint8Array): DnsMessage | undefined {
  const data = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  if (data.length < 17) return undefined;
  const [flags, questions, answers] = [data.readUInt16BE(2), data.readUInt16BE(4), data.readUInt16BE(6)];
  const isAnswer = (flags & 0x8000) !== 0;
  // A standard query or its answer, about one name.
  if (questions !== 1 || (flags & 0x7800) !== 0 || (!isAnswer && answers !== 0)) return undefined;
  const question = readName(data, 12);
  if (question === undefined || question.name === "" || question.next + 4 > data.length) return undefined;
  if (data.readUInt16BE(question.next + 2) !== 1) return undefined;
  return { name: question.name, addresses: isAnswer ? addressesIn(data, question.next + 4, answers) : [] };
}

function addressesIn(data: Buffer, start: number, count: number): readonly string[] {
  const addresses: string[] = [];
  let at = start;
  for (let one = 0; one < count; one++) {
    const owner = readName(data, at);
    if (owner === undefined || owner.next + 10 > data.length) break;
    const [type, length] = [data.readUInt16BE(owner.next), data.readUInt16BE(owner.next + 8)];
    const value = data.subarray(owner.next + 10, owner.next + 10 + length);
    if (type === 1 && value.length === 4) addresses.push(value.join("."));
    if (type === 28 && value.length === 16) addresses.push(shortened(value));
    at = owner.next + 10 + length;
  }
  return addresses;
}

function readName(data: Buffer, start: number): { readonly name: string; readonly next: number } | undefined {
  const labels: string[] = [];
  let at = start;
  let next: number | undefined;
  // Each jump must lead backwards, so a message can't lead in a circle.
  for (let jumps = 0; jumps < 20; ) {
    const length = data[at];
    if (length === undefined) return undefined;
    if (length === 0) return { name: labels.join(".").toLowerCase(), next: next ?? at + 1 };
    if (length >= 0xc0) {
      if (at + 1 >= data.length) return undefined;
      next ??= at + 2;
      at = data.readUInt16BE(at) & 0x3fff;
      jumps++;
      continue;
    }
    const label = data.subarray(at + 1, at + 1 + length);
    if (length > 63 || label.length < length || !/^[\x21-\x7e]+$/.test(label.toString("latin1"))) return undefined;
    labels.push(label.toString("latin1"));
    if (labels.length > 127) return undefined;
    at += length + 1;
  }
  return undefined;
}

/** An IPv6 address as programs print it. */
function shortened(bytes: Uint8Array): string {
  const groups = Array.from({ length: 8 }, (_, index) =>
    (((bytes[2 * index] ?? 0) << 8) | (bytes[2 * index + 1] ?? 0)).toString(16),
  );
  return new URL(`http://[${groups.join(":")}]`).hostname.slice(1, -1);
}
