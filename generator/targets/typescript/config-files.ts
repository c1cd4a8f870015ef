import { literal, quoted } from "../../emit/literal.js";
import { allSteps } from "../../language/consent/parts.js";
import { filePlace, isMarker } from "../../language/consent/places/config.js";
import { endingForm, holdsTextsOnly } from "../../language/file-forms.js";
import type { ConsentPlace, Model } from "../../model/model.js";
import { runtimeFile } from "./runtime-files.js";

interface Use {
  readonly file: string;
  readonly names: string;
}

/** Files that can be read without a library. What is no file, such as a ConfigMap, the host gives. */
function configPlaces({ consent, destination }: Model): readonly Extract<ConsentPlace, { kind: "config" }>[] {
  const places = [...allSteps(consent).map(({ place }) => place), ...(destination.override?.order ?? [])];
  return places.flatMap((place) => (place.kind === "config" ? [place] : [])) as never;
}

/** Those that are read by the ending of their names. */
export function configReaders(model: Model): readonly (readonly [extension: string, name: string, file: string])[] {
  const names = configPlaces(model).flatMap((place) =>
    place.form === undefined && !(place.key === "" && "kind" in place && isMarker(place)) ? [place.config] : [],
  );
  const extensions = [...new Set(names.map((name) => /^\S+\.([a-z]+)$/.exec(name)?.[1] ?? ""))].sort();
  return extensions.flatMap((extension) => {
    const form = endingForm(`.${extension}`);
    // Where only texts can stand, the step says so itself.
    return form === undefined || holdsTextsOnly(form) ? [] : [[extension, `${form}Scalar`, `${form}-scalar`] as const];
  });
}

/** Those whose form or place the name alone doesn't tell. */
export function ownFiles(model: Model): readonly { readonly line: string; readonly uses: readonly Use[] }[] {
  const files = new Map(
    configPlaces(model)
      .filter(({ form, config }) => form !== undefined || config.startsWith("{app_dir}/"))
      .map((place) => [place.config, place]),
  );
  return [...files].map(([name, { form }]) => {
    const known = form ?? endingForm(name) ?? "json";
    const inApp = name.startsWith("{app_dir}/");
    const place = inApp ? filePlace(name, model.product) : undefined;
    const members = [`read: ${known}Scalar`, ...(place === undefined ? [] : [`place: ${literal(place)}`])];
    return {
      line: `${quoted(name)}: { ${members.join(", ")} }`,
      uses: [
        { file: runtimeFile(`${known}-scalar`), names: `${known}Scalar` },
        ...(place === undefined ? [] : [{ file: runtimeFile("app-folder"), names: "inAppFolder" }]),
      ],
    };
  });
}
