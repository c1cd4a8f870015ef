import type { Field } from "./fields.js";

type Conditional = Pick<Field, "onlyWhen">;

/** The parts of a model or a released version that telling a type's cases needs. */
interface Cased {
  readonly type: {
    readonly by?: string;
    readonly cases?: readonly { readonly values: Field["onlyWhen"][number]["values"]; readonly except?: true }[];
  };
}

/**
 * A field of which a sibling says what stands there, as so many fields of one name, each of which exists under a condition of its own;
 * of two, at most one exists. Any other field is itself.
 */
export function variantsOf<One extends Conditional & Cased>(field: One): readonly One[] {
  const { by, cases } = field.type;
  if (by === undefined || cases === undefined) return [field];
  return cases.map((one) => ({
    ...field,
    type: (one as unknown as { readonly type: One["type"] }).type,
    onlyWhen: [
      ...field.onlyWhen,
      { wireName: by, values: one.values, ...(one.except === true ? { except: one.except } : {}) },
    ],
  }));
}

/** Fields as variants: of one name, at most one exists. */
export function allVariants<One extends Conditional & Cased>(fields: readonly One[]): readonly One[] {
  return fields.flatMap((field) => variantsOf(field));
}

/** The siblings' values under which there is any case at all; undefined where there always is one. */
export function existsUnder(field: Conditional & Cased): Field["onlyWhen"] | undefined {
  const { by, cases } = field.type;
  if (by === undefined || cases === undefined) return field.onlyWhen.length === 0 ? undefined : field.onlyWhen;
  const open = cases.some(({ except }) => except === true);
  const covered = open ? [] : [{ wireName: by, values: cases.flatMap(({ values }) => values) }];
  const all = [...field.onlyWhen, ...covered];
  return all.length === 0 ? undefined : all;
}
