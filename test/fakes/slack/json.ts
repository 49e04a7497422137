export { isRecord, numberOf, recordOf, recordsOf, stringsOf, textOf, type Json } from "../discord/json.ts";
