/** As it was: an identity, a bag of properties, and a key in every copy of the program. */
import { PostHog } from "posthog-node";

const posthog = new PostHog("phc_key", { host: process.env["POSTHOG_HOST"] ?? "" });

posthog.capture({
  distinctId: "ada@example.test",
  event: "index",
  properties: { project: "/home/ada/secret", languages: ["typescript", "go"], files: 1234, seconds: 12.5 },
});
await posthog.shutdown();
console.log("indexed");
