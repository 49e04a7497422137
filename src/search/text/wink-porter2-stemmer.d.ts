declare module "wink-porter2-stemmer" {
  /** The stem of an English word in lower case, by the Porter 2 (Snowball English) algorithm. */
  const stem: (word: string) => string;
  export default stem;
}
