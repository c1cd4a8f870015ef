/** The event time of every golden payload. */
export const goldenTime = "2026-06-12T12:00:00.000Z";
