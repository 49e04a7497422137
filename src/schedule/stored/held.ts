import type { SubscriptionRecord } from "../../store/store.ts";

/** Whether a platform refuses what a subscription is to bring, as far as that can be read. */
export function isHeld({ body }: SubscriptionRecord): boolean {
  try {
    const { state } = JSON.parse(body) as { readonly state?: { readonly kind?: unknown } };
    return state?.kind === "held";
  } catch {
    return false;
  }
}
