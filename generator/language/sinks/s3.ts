import { code, paragraph, say } from "../../emit/document.js";
import { defineSink } from "./define.js";

/** Objects of JSON lines in S3, R2 or whatever speaks S3's protocol. */
export const s3 = defineSink({
  about: "JSON lines in a bucket: S3, R2, MinIO",
  called: "files in an object store",
  needs: ["url", "secret"],
  knows: ["url", "secret", "region"],
  file: "sinks/s3",
  export: "s3",
  queued: true,
  dashboards: [],
  backend: () => [
    paragraph(
      say`A bucket of S3, Cloudflare's R2, or whatever speaks S3's protocol. ${code("url")} is the bucket's address and a prefix that ends in ${code("/")}: ${code("https://<bucket>.s3.eu-central-1.amazonaws.com/telemetry/")}, or for R2 ${code("https://<account>.r2.cloudflarestorage.com/<bucket>/telemetry/")}. The secret is ${code("<access key id>:<secret access key>")}, of a key that may only put objects.`,
    ),
    paragraph(
      say`Each batch is an object ${code("<day>/<digest>.jsonl")}, one ${code("{id, event, time, fields, value?}")} per line. The digest is of the identities in it, so another attempt at the same batch replaces it; whoever loads the lines keeps one of each ${code("id")}.`,
    ),
  ],
  retention: (_, days) => [
    paragraph(`Give the bucket a lifecycle rule that deletes objects after ${days} days: each lies under its day.`),
  ],
  deletion: (_, identifier) => [
    paragraph(
      say`Objects can't be searched: load them, leave out each line whose ${code(`fields[${JSON.stringify(identifier)}]`)} is that value, and put them back. A lifecycle rule that is short enough does it without asking.`,
    ),
  ],
  forgets: false,
});
