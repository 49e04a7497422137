import fc from "fast-check";

/**
 * Property tests draw the same inputs in every run, so that a change is judged by what it changed. `npm run fuzz` draws
 * new ones; a counterexample it finds becomes a case of its own beside the property.
 */
if (process.env["PROPERTY_SEED"] !== "random") fc.configureGlobal({ seed: 20_261_121 });
