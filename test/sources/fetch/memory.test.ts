import { createMemoryTurns } from "../../../src/sources/fetch/pace.ts";
import { createMemoryValidators } from "../../../src/sources/fetch/validators.ts";
import { testTurns, testValidators } from "./contracts.ts";

testTurns("one process", async () => createMemoryTurns());
testValidators("one process", async () => createMemoryValidators());
