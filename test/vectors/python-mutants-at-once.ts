import type { Mutant } from "./python-mutants.js";

/** Of what the five don't have, and what `contracts/immediate.yaml`, `carried.yaml` and `answered.yaml` have. */
export const AT_ONCE: readonly Mutant[] = [
  {
    says: "a value is of the first case, whatever stands beside it",
    file: "case_by.py",
    from: "if any(same(one, said) for one in values) != others",
    to: "if True",
    seenBy: "immediate own",
  },
  {
    says: "a part inside an object goes out where it is off",
    file: "part.py",
    from: "return lambda given: take(given) if allows(client) else None",
    to: "return take",
    seenBy: "immediate own",
  },
  {
    says: "an older yes is one to the newest list",
    file: "older.py",
    from: "if at is not None and at >= since)",
    to: "if True)",
    seenBy: "immediate own",
  },
  {
    says: "what is sent in spite of a no has an identifier",
    file: "despite.py",
    from: "    return field.gate is None and not named\n",
    to: "    return True\n",
    seenBy: "immediate own",
  },
  {
    says: "it is sent in spite of every no",
    file: "despite.py",
    from: "return not any(_says_no(client, step, places) for step in client.contract.consent)",
    to: "return True",
    seenBy: "immediate own",
  },
  {
    says: "what is shown is sent, too",
    file: "shown.py",
    from: "        return shows.instead\n    except",
    to: "        return False\n    except",
    seenBy: "immediate own",
  },
  {
    says: "what is shown names the machine",
    file: "shown.py",
    from: "    if not _is_identifier(field):\n        return field\n",
    to: "    if True:\n        return field\n",
    seenBy: "immediate own",
  },
  {
    says: "nothing is shown while telemetry is off",
    file: "shown.py",
    from: "wanted = shows.instead if client.consent().enabled else shows.off",
    to: "wanted = client.consent().enabled",
    seenBy: "immediate own",
  },
  {
    says: "headers that are drawn are not carried",
    file: "carried.py",
    from: "return Carried(header_texts(payload.headers), payload.query, payload.body)",
    to: "return Carried({}, payload.query, payload.body)",
    seenBy: "carried own",
  },
  {
    says: "an answer is not given back",
    file: "answered.py",
    from: "return handed_over.answer if",
    to: "return None if",
    seenBy: "answered own",
  },
];
