import { expect, it } from "vitest";
import { caller, createSeedBot } from "../support/seed-bot.ts";

it("a digest is set up once, though its button be pressed twice", async () => {
  const { bot, digests } = await createSeedBot();
  const press = () => bot.handle({ command: "digest start", args: { zone: "UTC", confirm: "yes" }, caller });
  expect((await press()).summary).toBe("The digest is set up.");
  expect(await press()).toMatchObject({ tone: "mistake", summary: expect.stringContaining("number 1") });
  expect(await (await digests()).all()).toHaveLength(1);
});
