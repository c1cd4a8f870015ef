import type { AddressInfo } from "node:net";
import { createServer, type Server } from "node:net";
import { afterEach, expect, it } from "vitest";
import { nodeConnect } from "../../../templates/worker/node/stores/connect.js";
import { int32, message } from "../../../templates/worker/runtime/sinks/postgres-messages.js";
import { scram } from "../../../templates/worker/runtime/sinks/postgres-scram.js";
import { insertJson } from "../../../templates/worker/runtime/sinks/postgres-wire.js";

it("proves and checks the password as in RFC 7677's own example", async () => {
  const login = scram("pencil", "rOprNGfwEbeRWgbNEkqO", "user");
  expect(login.first).toBe("n,,n=user,r=rOprNGfwEbeRWgbNEkqO");
  const nonce = "rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0";
  expect(await login.answer(`r=${nonce},s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096`)).toEqual({
    final: `c=biws,r=${nonce},p=dHzbZapWIk4jUhN+Ute9ytag9zjfMHgsqmmiz7AndVQ=`,
    serverSignature: "v=6rriTRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95G4=",
  });
  await expect(login.answer("r=another,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096")).rejects.toThrow("nonce");
});

let server: Server | undefined;
afterEach(() => server?.close());

/** A server that answers each message of the client with the next of its own; all that it was sent. */
async function pretend(answers: readonly ((received: string) => readonly Uint8Array[])[], query = "?sslmode=disable") {
  let received = "";
  let step = 0;
  server = createServer((socket) => {
    socket.on("error", () => {});
    socket.on("data", (chunk) => {
      received += chunk.toString("latin1");
      for (const bytes of answers[step]?.(chunk.toString("latin1")) ?? []) socket.write(bytes);
      step += 1;
      if (step >= answers.length) socket.end();
    });
  });
  await new Promise<void>((resolve) => server?.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  const url = new URL(`postgres://writer:s3cret@127.0.0.1:${port}/db${query}`);
  const outcome = await insertJson(nodeConnect({}), url, "INSERT", '["payload"]');
  return { outcome, received };
}

const ready = [message("R", int32(0)), message("Z", "I")];
const offer = [message("R", int32(10), "SCRAM-SHA-256\0\0")];
const challenge = (received: string) => [
  message("R", int32(11), `r=${/r=([^,]+)$/.exec(received)?.[1]}more,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096`),
];

it.each<[string, Parameters<typeof pretend>[0]]>([
  ["asks for the password in clear", [() => [message("R", int32(3))], () => ready, () => ready]],
  ["asks for it behind MD5", [() => [message("R", int32(5), "salt")], () => ready, () => ready]],
  [
    "does not know the password",
    [() => offer, challenge, () => [message("R", int32(12), "v=AAAA"), ...ready], () => ready],
  ],
  ["skips the proof that it knows the password", [() => offer, challenge, () => ready, () => ready]],
  [
    "announces an endless message",
    [() => [message("R", int32(0)).map((byte, index) => (index === 1 ? 0x7f : byte))], () => ready],
  ],
  ["hangs up", [() => []]],
])("gives neither the password nor the rows to a server that %s", async (_, answers) => {
  const { outcome, received } = await pretend(answers);
  expect(outcome).toEqual({ kind: "retry", reason: "unreachable" });
  expect(received).not.toMatch(/s3cret|payload/);
});

it.each<[string, Uint8Array]>([
  ["has no TLS", new TextEncoder().encode("N")],
  ["says more than one letter before TLS", new TextEncoder().encode("Sx")],
])("says nothing but that it wants TLS to a server that %s", async (_, answer) => {
  const { outcome, received } = await pretend([() => [answer], () => ready], "");
  expect(outcome).toEqual({ kind: "retry", reason: "unreachable" });
  expect(received).toHaveLength(8);
});

it("a server that accepts without asking is given the rows", async () => {
  const { outcome, received } = await pretend([() => ready, () => [message("Z", "I")], () => []]);
  expect(outcome).toEqual({ kind: "stored" });
  expect(received).toContain("payload");
});
