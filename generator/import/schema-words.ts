/** Keywords that say something about values which a contract can't say. */
export const unsaid = [
  "not",
  "if",
  "dependencies",
  "dependentRequired",
  "dependentSchemas",
  "contains",
  "uniqueItems",
  "prefixItems",
  "propertyNames",
  "unevaluatedProperties",
  "minProperties",
];
