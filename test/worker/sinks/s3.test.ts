import { createHash } from "node:crypto";
import { createServer, type IncomingHttpHeaders } from "node:http";
import type { AddressInfo } from "node:net";
import { expect, it } from "vitest";
import { s3 } from "../../../templates/worker/runtime/sinks/s3.js";
import { signed } from "../../../templates/worker/runtime/sinks/s3-signature.js";
import { contractOf, entry } from "./entries.js";

it("signs as Amazon's own example of a PUT", async () => {
  const headers = await signed(
    {
      method: "PUT",
      url: new URL("https://examplebucket.s3.amazonaws.com/test%24file.text"),
      headers: { date: "Fri, 24 May 2013 00:00:00 GMT", "x-amz-storage-class": "REDUCED_REDUNDANCY" },
      body: "Welcome to Amazon S3.",
    },
    { key: "AKIAIOSFODNN7EXAMPLE", secret: "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY", region: "us-east-1" },
    new Date("2013-05-24T00:00:00Z"),
  );
  expect(headers.authorization).toBe(
    "AWS4-HMAC-SHA256 Credential=AKIAIOSFODNN7EXAMPLE/20130524/us-east-1/s3/aws4_request," +
      "SignedHeaders=date;host;x-amz-content-sha256;x-amz-date;x-amz-storage-class," +
      "Signature=98ad721746da40c64f1a55b78f14c238d841ea1380cd77a1b5971af0ece108bd",
  );
});

it("puts a batch under its day, and the same batch again into the same place", async () => {
  const seen: { method: string; path: string; headers: IncomingHttpHeaders; body: string }[] = [];
  const server = createServer((incoming, outgoing) => {
    let body = "";
    incoming.setEncoding("utf8").on("data", (chunk: string) => (body += chunk));
    incoming.on("end", () => {
      seen.push({ method: incoming.method ?? "", path: incoming.url ?? "", headers: incoming.headers, body });
      outgoing.end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/bucket/telemetry`;
  const sink = s3(contractOf({ url, secret: "KEY", region: "eu-central-1" }), { KEY: "id:se:cret" });
  const batch = [entry(1, { name: "ü\n" }), { ...entry(2), value: 2 }];
  for (const entries of [batch, batch, batch.slice(0, 1)]) expect(await sink.send(entries)).toEqual({ kind: "stored" });
  server.close().closeAllConnections();
  const [first, again, part] = seen;
  expect(first).toMatchObject({
    method: "PUT",
    path: expect.stringMatching(/^\/bucket\/telemetry\/2026-06-12\/[0-9a-f]{32}\.jsonl$/),
    headers: { "content-type": "application/x-ndjson" },
  });
  expect(again?.path).toBe(first?.path);
  expect(part?.path).not.toBe(first?.path);
  expect(first?.headers["x-amz-content-sha256"]).toBe(
    createHash("sha256")
      .update(first?.body ?? "")
      .digest("hex"),
  );
  expect(first?.headers.authorization).toMatch(/Credential=id\/\d{8}\/eu-central-1\/s3\/aws4_request,/);
  expect(
    first?.body
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line) as unknown),
  ).toEqual(JSON.parse(JSON.stringify(batch)));
});
