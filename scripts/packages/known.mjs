// What the linters of packages find and Backstage's CLI decides: it writes these parts of the manifest when it packs,
// in the same way for every plugin, Backstage's own among them.
const CJS_BY_NAME =
  'the CLI names ES modules `.esm.js`; bundlers, which alone read them, go by the condition that leads there';
const DEFAULT_FEATURE =
  "the CLI writes CommonJS for backends, and a backend's feature is the default export; `backend.add(import(…))` takes it as Node gives it";

/** Why each is as it is, by who finds it and the code of what was found. */
export const KNOWN = {
  publint: {
    CJS_WITH_ESMODULE_DEFAULT_EXPORT: DEFAULT_FEATURE,
    EXPORTS_TYPES_SHOULD_BE_FIRST:
      'the CLI puts its own condition `backstage` and `import` before `types`; TypeScript finds the types beside both',
    EXPORTS_VALUE_INVALID:
      'the condition `backstage` holds a kind of feature in place of a file; bundlers do not ask for it',
    FILE_INVALID_FORMAT: CJS_BY_NAME,
    TYPES_NOT_EXPORTED: CJS_BY_NAME,
  },
  attw: {
    CJSOnlyExportsDefault: DEFAULT_FEATURE,
    FallbackCondition:
      'the CLI writes the types into a condition of their own, which TypeScript comes to second',
    UnexpectedModuleSyntax: CJS_BY_NAME,
  },
};
