// The words of a text in the one form in which they are compared: docs/fingerprints.md has the rule.
const HAN = "\\u2e80-\\u2fdf\\u3005\\u3007\\u3021-\\u3029\\u3038-\\u303b\\u3041-\\u3096\\u309d-\\u309f\\u30a1-\\u30fa\\u30fc-\\u30ff\\u31f0-\\u31ff\\u3400-\\u4dbf\\u4e00-\\u9fff\\uf900-\\ufaff\\uff66-\\uff9f\\u{1aff0}-\\u{1b16f}\\u{1f200}\\u{20000}-\\u{3ffff}";
const WORD = `(?![${HAN}])[\\p{L}\\p{N}]`;
const SPACE = "[\\t-\\r\\x1c- \\x85\\xa0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000]";
const ASIDE = new RegExp(`(?<!${WORD}|${SPACE})${SPACE}+|${SPACE}+(?!${WORD}|${SPACE})`, "gu");
const SPACES = new RegExp(`${SPACE}+`, "gu");
const PIECE = new RegExp(`([${HAN}]|((?![${HAN}])[\\p{L}\\p{N}\\p{M}]|(?<=\\p{Nd})[.,](?=\\p{Nd}))+|\\p{Pd}+|[.…]+|\\S)\\s*`, "gu");

// One step of decomposition where Unicode says wide, narrow or noBreak; NFKC goes further with these few.
function narrow(char) {
  const code = char.charCodeAt(), plain = char.normalize("NFKC");
  return code === 0xffe3 ? "\xaf" : code < 0xffa0 || code > 0xffdc || plain === char ? plain
    : String.fromCharCode(code === 0xffa0 ? 0x3164 : code < 0xffbf ? code - 0xce70 : 0x314f + (code - 0xffc2 >> 3) * 6 + (code - 0xffc2 & 7));
}

function digit(char) {
  let zero = char.codePointAt();
  while (/\p{Nd}/u.test(String.fromCodePoint(zero - 1))) zero--;
  return (char.codePointAt() - zero) % 10;
}

export const words = (text) => text.normalize("NFC")
  .replace(/[\xa0\u0f0c\u2007\u2011\u202f\u3000\uff01-\uffee]/g, narrow).replace(/\p{Cf}/gu, "").normalize("NFC")
  .replace(/["'«»‘’‚‛“”„‟‹›⹂「」『』〝〞〟﹁﹂﹃﹄＂＇｢｣]/g, '"')
  .replace(/[-\u058a\u05be\u1400\u1806\u2010-\u2015\u2053\u207b\u208b\u2212\u2e17\u2e1a\u2e3a\u2e3b\u2e40\u2e5d\u301c\u3030\u30a0\ufe31\ufe32\ufe58\ufe63\uff0d\u{10ead}]+/gu, "-")
  .replaceAll("…", "...").replace(/(?!\d)\p{Nd}/gu, digit).replace(ASIDE, "").replace(SPACES, " ");

// The text in its words, signs of Han and kana, and marks, each with the space behind it.
export const pieces = (text) => text.replace(/\p{Cf}/gu, "").match(PIECE) ?? [];

// Its words and signs alone, in the form of which sketches are made.
export const counted = (text) => pieces(words(text).toLowerCase()).map((piece) => piece.trim()).filter((piece) => /[\p{L}\p{N}\p{M}]/u.test(piece));
