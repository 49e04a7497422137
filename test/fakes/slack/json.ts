export { isRecord, numberOf, recordOf, recordsOf, textOf, type Json } from "../discord/json.ts";
