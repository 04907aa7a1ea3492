// The rule of docs/fingerprints.md, by properties of Unicode.
const HAN = "[[\\p{sc=Han}\\p{sc=Hira}\\p{sc=Kana}ー]--[\\u{16fe0}-\\u{16fff}]]", WORD = `[[\\p{L}\\p{N}]--${HAN}]`;
const ASIDE = RegExp(`(?<!${WORD}) | (?!${WORD})`, "gv"), PIECE = RegExp(`(${HAN}|(${WORD}|\\p{M}|(?<=\\p{Nd})[.,](?=\\p{Nd}))+|\\p{Pd}+|[.…]+|\\S)\\s*`, "gv");

// NFKC goes a step too far, beyond these.
const nfkc = (char) => char.normalize("NFKC"), nearer = { [nfkc("\xaf")]: "\xaf" };
for (let code = 0x3131; code < 0x3165; code++) nearer[nfkc(String.fromCodePoint(code))] = String.fromCodePoint(code);
const narrow = (char) => nearer[nfkc(char)] ?? nfkc(char);

function digit(char) {
  let code = char.codePointAt(), value = 0;
  while (/\p{Nd}/u.test(String.fromCodePoint(--code))) value++;
  return value % 10;
}

export const words = (text) => text.normalize("NFC")
  .replace(/[\xa0\u0f0c\u2007\u2011\u202f\u3000\uff01-\uffee]/g, narrow).replace(/\p{Cf}/gu, "").normalize("NFC")
  .replace(/\p{Quotation_Mark}/gu, '"').replace(/\p{Dash}+/gu, "-").replaceAll("…", "...").replace(/\p{Nd}/gu, digit)
  .replace(/[\s\x1c-\x1f\x85]+/g, " ").replace(ASIDE, "");

export const pieces = (text) => text.replace(/\p{Cf}/gu, "").match(PIECE) ?? [];

// As sketches are made.
export const counted = (text) => pieces(words(text).toLowerCase()).map((piece) => piece.trim()).filter((piece) => /[\p{L}\p{N}\p{M}]/u.test(piece));
