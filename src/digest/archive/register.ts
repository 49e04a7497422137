import { randomBytes } from "node:crypto";
import type { Place } from "../../schedule/place.ts";
import { deedIn, placeKey } from "../../schedule/place.ts";
import type { ArchiveRecord, Store } from "../../store/store.ts";

/** What a channel's digests brought, where whoever has its address may read it. */
export interface Archive {
  /** What nobody can guess: an archive is listed nowhere. It stays the same for a channel for good. */
  readonly id: string;
  readonly place: Place;
  /** What those who published it call it. */
  readonly name: string;
  readonly published: boolean;
}

/** Which channels let others read what they got. */
export interface ArchiveRegister {
  readonly inPlace: (place: Place) => Promise<Archive | undefined>;
  /** By its id, published or not. */
  readonly find: (id: string) => Promise<Archive | undefined>;
  /** All that are published, in the order of their places. */
  readonly allPublished: () => Promise<readonly Archive[]>;
  /** Lets whoever has its address read it; resolves with it. `by` is who does it, by the platform's id. */
  readonly publish: (place: Place, name: string, by: string) => Promise<Archive>;
  readonly unpublish: (archive: Archive, by: string) => Promise<void>;
}

/** The bytes of chance in an id. */
const ID_BYTES = 12;

const archiveOf = ({ id, body, published }: ArchiveRecord): Archive => ({
  ...(JSON.parse(body) as Pick<Archive, "place" | "name">),
  id,
  published,
});

const perhaps = (record: ArchiveRecord | undefined): Archive | undefined => record && archiveOf(record);

/** The register that a store holds. */
export function createArchiveRegister(archives: Store["archives"]): ArchiveRegister {
  const put = async (
    { id, place, name, published }: Archive,
    deed: { readonly by: string; readonly action: string; readonly detail: string },
  ): Promise<void> => {
    const record = { id, place: placeKey(place), body: JSON.stringify({ place, name }), published };
    await archives.put(record, deedIn(place, { ...deed, subject: id }));
  };
  return {
    inPlace: async (place) => perhaps(await archives.inPlace(placeKey(place))),
    find: async (id) => perhaps(await archives.find(id)),
    async allPublished() {
      return (await archives.all()).filter(({ published }) => published).map(archiveOf);
    },
    async publish(place, name, by) {
      const before = await archives.inPlace(placeKey(place));
      const id = before?.id ?? randomBytes(ID_BYTES).toString("hex");
      await put({ id, place, name, published: true }, { by, action: "digest publish", detail: name });
      // Somebody else may have published it meanwhile.
      return { id: (await archives.inPlace(placeKey(place)))?.id ?? id, place, name, published: true };
    },
    unpublish: (archive, by) =>
      put({ ...archive, published: false }, { by, action: "digest unpublish", detail: "" }),
  };
}
