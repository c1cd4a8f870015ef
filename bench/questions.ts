import type { Question } from "./yardstick.js";

/** The questions of the yardstick, in this order. Together they end within ten minutes on two cores. */
export const questions: Readonly<Record<string, Question>> = {
  recording: { seconds: 20, files: ["client/recording.ts"] },
  presence: { seconds: 35, files: ["client/presence.ts"] },
  leaving: { seconds: 90, files: ["client/leaving.ts"] },
  disk: { seconds: 50, files: ["client/disk.ts"] },
  judging: {
    seconds: 80,
    files: [
      "worker/in-process.ts",
      "worker/three-levels.ts",
      "worker/limiter.ts",
      "worker/in-workerd.ts",
      "worker/size.ts",
    ],
  },
  generating: { seconds: 145, files: ["generate/generating.ts"] },
  deciding: { seconds: 60, files: ["generate/deciding.ts"] },
  languages: { seconds: 45, files: ["python/python.ts", "rust/rust.ts", "go/go.ts"] },
  receiving: { seconds: 55, files: ["soak/receiving.ts"] },
};
