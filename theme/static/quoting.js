// Quoting: copies what stands in an open citation, or the words that a reader has selected, with the same lines below them.
const tools = document.querySelector("#citation-tools");
const [opening, closing, innerOpening, innerClosing] = tools.dataset.marks.split("|");
const passages = "main [id^='q-']";
const apart = ".citation, .room, .changed, .dateline, .footnote-ref, ul, ol, dl, pre, table, blockquote";

const textOf = (element) => element.textContent.replace(/[ \t\r\n]+/g, " ").trim();
const linesOf = (citation) => [...citation.querySelectorAll(".lines > p")];
const citationOf = (passage) => {
  const inside = passage.querySelector(":scope > .citation");
  return inside ?? (passage.nextElementSibling?.matches(".citation") ? passage.nextElementSibling : null);
};

/** Puts a text on the clipboard, also where the page has no secure context. */
async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    const field = document.createElement("textarea");
    field.value = text;
    document.body.append(field);
    field.select();
    document.execCommand("copy");
    field.remove();
  }
}

/** The buttons, which copy what `texts` gives for "quote" and "link" when they are pressed. */
function makeTools(texts) {
  const made = tools.content.firstElementChild.cloneNode(true);
  const status = made.querySelector("[role=status]");
  made.addEventListener("click", async ({ target }) => {
    const what = target.closest("button")?.dataset.copy;
    if (!what) return;
    await copy(texts()[what]);
    status.textContent = "";
    requestAnimationFrame(() => (status.textContent = status.dataset.done));
  });
  return made;
}

document.addEventListener("toggle", ({ target }) => {
  if (!target.open || !target.matches?.(".citation") || target.querySelector(".tools")) return;
  const lines = linesOf(target);
  target.append(makeTools(() => ({ quote: lines.map(textOf).join("\n"), link: textOf(lines.at(-1)) })));
}, true);

const nested = (words) => words.replaceAll(opening.trim(), innerOpening).replaceAll(closing.trim(), innerClosing);

/** The words of a passage that lie in a range, without what stands among them and is not words. */
function selectedWords(range, passage) {
  const within = document.createRange();
  within.selectNodeContents(passage);
  if (range.compareBoundaryPoints(Range.START_TO_START, within) > 0) within.setStart(range.startContainer, range.startOffset);
  if (range.compareBoundaryPoints(Range.END_TO_END, within) < 0) within.setEnd(range.endContainer, range.endOffset);
  const copied = document.createElement("div");
  copied.append(within.cloneContents());
  for (const element of copied.querySelectorAll(apart)) element.remove();
  return textOf(copied);
}

/** The selected words in quotation marks, under them the lines of their passages; passages with the same lines stand together. */
function selected() {
  const selection = getSelection();
  if (selection.isCollapsed || !selection.rangeCount) return null;
  const range = selection.getRangeAt(0);
  const groups = [];
  let last = null;
  for (const passage of document.querySelectorAll(passages)) {
    const citation = range.intersectsNode(passage) && citationOf(passage);
    const words = citation && selectedWords(range, passage);
    if (!words) continue;
    const lines = linesOf(citation);
    const same = lines.slice(1, -1).filter((line) => !line.matches(".original")).map(textOf).join("\n");
    const group = groups.at(-1)?.same === same ? groups.at(-1) : groups[groups.push({ same, words: [], originals: [], url: textOf(lines.at(-1)) }) - 1];
    group.words.push(nested(words));
    group.originals.push(...lines.filter((line) => line.matches(".original")).map(textOf));
    last = citation;
  }
  if (!last) return null;
  const quote = groups.map(({ same, words, originals, url }) => [opening + words.join("\n") + closing, same, ...originals, url].join("\n")).join("\n\n");
  return { quote, link: groups[0].url, range, last };
}

let found = null;
const bar = makeTools(() => found);
bar.classList.add("selection-tools");
bar.popover = "manual";
// A press must not take the selection away that it is to copy.
bar.addEventListener("pointerdown", (event) => event.preventDefault());

function offer() {
  if (bar.contains(document.activeElement)) return;
  found = selected();
  if (!found) {
    if (bar.isConnected) bar.remove();
    return;
  }
  found.last.after(bar);
  bar.showPopover();
  const box = found.range.getBoundingClientRect();
  const room = innerHeight - bar.offsetHeight - 8;
  bar.style.insetBlockStart = `${Math.max(8, Math.min(box.bottom + 8, room))}px`;
  bar.style.left = `${Math.max(8, Math.min(box.left, innerWidth - bar.offsetWidth - 8))}px`;
}

let waiting = 0;
document.addEventListener("selectionchange", () => {
  clearTimeout(waiting);
  waiting = setTimeout(offer, 150);
});
addEventListener("scroll", () => bar.isConnected && !bar.contains(document.activeElement) && offer(), { passive: true });
