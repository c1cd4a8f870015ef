import { code, type Inline, list, paragraph, prose, type Section, say, strong, table } from "../emit/document.js";
import { DERIVED } from "../language/derives/index.js";
import type { Model } from "../model/model.js";

/** The section on who answers for it before the law, and under which licence the list is. */
export function legal({ legal, licence }: Model): readonly Section[] {
  const { controller, basis, rights, processors = [] } = legal ?? {};
  const facts: readonly Inline[] = [
    ...(controller === undefined ? [] : [say`${strong("Controller:")} ${prose(controller)}`]),
    ...(basis === undefined ? [] : [say`${strong("Legal basis:")} ${prose(basis)}`]),
    ...(rights === undefined ? [] : [say`${strong("Your rights:")} ${prose(rights)}`]),
    ...processors.map((one) => say`${strong("Processor:")} ${prose(one)}`),
    ...(licence === undefined ? [] : [say`${strong("Licence of this list:")} ${prose(licence)}`]),
  ];
  return facts.length === 0 ? [] : [{ title: "Who is responsible", blocks: [list(facts)] }];
}

/** Returns what the receiver works out by itself. It is never sent. */
export function derived({ ingest }: Model): readonly Section[] {
  const { derives } = ingest;
  if (derives === undefined) return [];
  return [
    {
      title: "What the receiver adds",
      blocks: [
        paragraph(
          "None of this is sent. The receiver works it out when a request arrives, and keeps it with the rest.",
        ),
        table(
          ["Field", "What it is"],
          derives.map(({ name, from }) => [code(name), DERIVED[from].says]),
        ),
      ],
    },
  ];
}
