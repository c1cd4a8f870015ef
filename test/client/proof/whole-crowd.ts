import { expect } from "vitest";
import { type Crowd, crowd, type Outcome } from "./crowd.js";

/** Runs a crowd of which nothing is lost, doubled or invented, though about half of all processes are killed. */
export async function wholeCrowd(given: Crowd): Promise<Outcome> {
  const outcome = await crowd(given);
  if (process.env["PROOF_CROWD"] !== undefined) console.log(outcome);
  expect(outcome.kept).toBeGreaterThan(given.recorders * 4);
  expect(outcome.kills).toBeGreaterThan(given.recorders / 4);
  const { lost, doubled, invented, wrongSums, left } = outcome;
  const whole = { lost: [], doubled: [], invented: [], wrongSums: [], left: 0 };
  expect({ lost, doubled, invented, wrongSums, left }).toEqual(whole);
  return outcome;
}
