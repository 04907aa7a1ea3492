// Copies a citation, or selected words with its other lines.
const tools = document.querySelector("#citation-tools"), bar = makeTools(() => found);
const [opening, closing, innerOpening, innerClosing, open, close] = tools.dataset.marks.split("|");
let found, waiting;

const textOf = (node) => node.textContent.replace(/[ \t\r\n]+/g, " ").trim();
const linesOf = (citation, which) => [...citation.querySelectorAll(`.lines > ${which}`)].map(textOf);

function makeTools(texts) {
  const made = tools.content.firstElementChild.cloneNode(true), status = made.querySelector("[role=status]");
  made.onclick = async ({ target }) => {
    const text = texts()[target.closest("button")?.dataset.copy];
    if (!text) return;
    await navigator.clipboard.writeText(text);
    status.textContent = "";
    requestAnimationFrame(() => (status.textContent = status.dataset.done));
  };
  return made;
}

document.addEventListener("toggle", ({ target }) => {
  // Only a secure context has it.
  if (!navigator.clipboard || !target.matches(".citation") || target.querySelector(".tools")) return;
  const lines = linesOf(target, "p");
  target.append(makeTools(() => ({ quote: lines.join("\n"), link: lines.at(-1) })));
}, true);

function selectedWords(range, passage) {
  const within = range.cloneRange();
  if (!passage.contains(range.startContainer)) within.setStart(passage, 0);
  if (!passage.contains(range.endContainer)) within.setEndAfter(passage.lastChild);
  const copied = within.cloneContents();
  for (const element of copied.querySelectorAll(".citation, .room, .changed, .dateline, .footnote-ref, ul, ol, dl, pre, table, blockquote")) element.remove();
  for (const element of copied.querySelectorAll("br")) element.replaceWith(" ");
  // As in citations; a lone mark gets its other.
  return textOf(copied).replace(RegExp(`^[^${open}]*${close}`), open + "$&").replace(RegExp(`${open}(?!.*${close}).*`), "$&" + closing.trim())
    .replace(RegExp(`^${open}\\s*([^${open}]*?)\\s*${close}$`), "$1").replace(RegExp(open + "\\s*", "g"), innerOpening).replace(RegExp("\\s*" + close, "g"), innerClosing);
}

function selected() {
  const selection = getSelection(), groups = [];
  if (selection.isCollapsed) return;
  const range = selection.getRangeAt(0);
  let last;
  for (const citation of document.querySelectorAll(".citation")) {
    const passage = document.querySelector(citation.querySelector("a").hash), words = passage && range.intersectsNode(passage) && selectedWords(range, passage);
    if (!words) continue;
    const lines = linesOf(citation, ":not(.words, .original)"), url = lines.pop(), same = lines.join("\n");
    if (groups.at(-1)?.same !== same) groups.push({ same, words: [], originals: [], url });
    groups.at(-1).words.push(words);
    groups.at(-1).originals.push(...linesOf(citation, ".original"));
    last = citation;
  }
  return last && { quote: groups.map(({ same, words, originals, url }) => [opening + words.join("\n") + closing, same, ...originals, url].join("\n")).join("\n\n"), link: groups[0].url, last };
}

bar.classList.add("selection-tools");
bar.popover = "manual";
// A press must not end the selection.
bar.onpointerdown = () => false;

function offer() {
  if (bar.contains(document.activeElement)) return;
  bar.remove();
  found = navigator.clipboard && selected();
  found?.last.after(bar);
  if (found) bar.showPopover();
}

document.onselectionchange = () => {
  clearTimeout(waiting);
  waiting = setTimeout(offer, 150);
};
