import { recordOf, textOf } from "../json.ts";
import { broken, refused } from "../slack-error.ts";
import { checkStack, checkView, openView, publishHome, takeTrigger, updateView } from "../views.ts";
import { viewJson } from "../wire.ts";
import type { Method } from "./context.ts";

const open: Method = ({ world, args, workspace }) => {
  const content = recordOf(args["view"]);
  checkView(world, content, "modal");
  const trigger = takeTrigger(world, workspace.id, args["trigger_id"]);
  return { view: viewJson(world, openView(world, trigger, content)) };
};

const push: Method = ({ world, args, workspace }) => {
  const content = recordOf(args["view"]);
  checkView(world, content, "modal");
  const trigger = takeTrigger(world, workspace.id, args["trigger_id"]);
  if (trigger.view === undefined) throw broken("not_found", ["[ERROR] the trigger is not from a modal"]);
  checkStack(world, trigger.view);
  return { view: viewJson(world, openView(world, trigger, content, trigger.view)) };
};

const update: Method = ({ world, args, workspace }) => {
  const content = recordOf(args["view"]);
  const { view_id: id, external_id: external } = args;
  if ((id === undefined) === (external === undefined)) {
    throw broken("invalid_arguments", ["[ERROR] needs either view_id or external_id"]);
  }
  const view = [...world.views.values()].find((one) =>
    id === undefined ? one.content["external_id"] === external : one.id === id,
  );
  if (view === undefined || !view.open || view.teamId !== workspace.id) throw refused("not_found");
  checkView(world, content, view.kind, view);
  updateView(world, view, content, args["hash"]);
  return { view: viewJson(world, view) };
};

const publish: Method = ({ world, args, workspace }) => {
  const person = world.people.get(textOf(args["user_id"]));
  if (person === undefined || person.teamId !== workspace.id) throw refused("user_not_found");
  const view = publishHome(world, { teamId: workspace.id, user: person.id }, args);
  return { view: viewJson(world, view) };
};

/** `views.*`. */
export const VIEWS: Readonly<Record<string, Method>> = {
  "views.open": open,
  "views.push": push,
  "views.update": update,
  "views.publish": publish,
};
