import { confirm } from "@clack/prompts";
import { ask, setup } from "../../../generated/client/telemetry.js";

setup({ version: "1.2.3" });

// The installer's own prompt library puts the contract's question; it writes where that library writes.
const { enabled } = await ask("installer", {
  prompt: (message, initialValue) => confirm({ message, initialValue }),
});
console.log(`telemetry ${enabled ? "on" : "off"}`);
