declare module "unicodeit/ts_dist/js/data.js" {
  export const replacements: readonly (readonly [string, string])[];
  export const subsuperscripts: readonly (readonly [string, string])[];
}
