/** Latin, Greek, Cyrillic, punctuation and mathematical signs: whole blocks of Unicode that the font of pictures has (data/fonts). */
const DRAWN =
  /^[\u0020-\u024F\u02B0-\u036F\u0370-\u03FF\u0400-\u0523\u1E00-\u1EFF\u1F00-\u1FFF\u2010-\u2027\u2030-\u205E\u2070-\u2094\u20A0-\u20B5\u2100-\u214F\u2190-\u21FF\u2200-\u22FF]*$/u;

/** Whether the font of pictures has all letters of a text. */
export const isDrawable = (text: string): boolean => DRAWN.test(text);
