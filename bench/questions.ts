import type { Question } from "./yardstick.js";

/** What the yardstick answers, in this order. Together they end within ten minutes on two cores. */
export const questions: Readonly<Record<string, Question>> = {
  recording: { seconds: 25, files: ["client/recording.ts"] },
  presence: { seconds: 40, files: ["client/presence.ts"] },
  leaving: { seconds: 100, files: ["client/leaving.ts"] },
  disk: { seconds: 55, files: ["client/disk.ts"] },
  judging: { seconds: 95, files: ["worker/in-process.ts", "worker/in-workerd.ts", "worker/size.ts"] },
  generating: { seconds: 200, files: ["generate/generating.ts"] },
  deciding: { seconds: 70, files: ["generate/deciding.ts"] },
};
