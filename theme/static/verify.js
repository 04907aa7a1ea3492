// The index of words (docs/data.md) says where to look. Nothing that is pasted leaves the page.
import { counted, pieces, words } from "./words.js";

const { lang } = document.documentElement, root = document.querySelector(".verify"), said = root.dataset;
const [form, status, answers, template] = root.children, index = new URL(said.index, location);

const tell = (word, value, date) => said[word].replace("%(value)s", value).replace("%(date)s", date);
const day = (text) => new Date(text.slice(0, 10) + "T12:00").toLocaleDateString(said.locale, { dateStyle: "long" });
const tongue = (tag) => new Intl.DisplayNames(lang, { type: "language" }).of(tag);
const get = async (place, base) => (await fetch(new URL(place, base))).json();

// The marks at the edges are often the writer's.
function trimmed(text) {
  const found = pieces(text), stays = (piece) => /[^"()[\]\p{Term}]/u.test(words(piece));
  return found.slice(found.findIndex(stays), found.findLastIndex(stays) + 1);
}

function hash(gram) {
  let crc = -1;
  for (const byte of new TextEncoder().encode(gram.join(" "))) {
    crc ^= byte;
    for (let bit = 8; bit--;) crc = crc >>> 1 ^ (crc & 1 && 0xedb88320);
  }
  return btoa(String.fromCharCode(~crc >> 16 & 255, ~crc >> 8 & 255, ~crc & 255));
}

async function candidates(place, pasted, mine) {
  const { gram, window, documents } = await get(place, index), wanted = new Set([pasted, ...pasted.slice(gram - 1).map((_, at) => pasted.slice(at, at + gram))].map(hash));
  said.few = pasted.length < gram + window - 1 ? said.short : said.nothing;
  return Promise.all(Object.keys(documents).map((address) => [documents[address].match(/.{4}/g)?.filter((code) => wanted.has(code)).length, address])
    .filter((one) => one[0] >= wanted.size / 20).sort((one, other) => other[0] - one[0]).slice(0, 8).map(([, address]) => check(new URL("../" + address, index), mine)));
}

// The stretch nearest to all of the words.
function compare(data, mine, change) {
  const passages = [data, ...data.segments ?? []].flatMap((by) => by.passages?.map((passage) => ({ ...passage, by, steps: [] })) ?? []).sort((one, other) => one.line - other.line);
  const theirs = passages.flatMap((passage) => pieces(passage.text).map((text) => [text, passage])), a = mine.map(words), b = theirs.map(([text]) => words(text));
  const cost = [new Uint16Array(b.length + 1)];
  for (const piece of a) {
    const above = cost.at(-1), row = above.map((steps) => steps + 1);
    for (let j = 0; j < b.length; j++) row[j + 1] = piece == b[j] ? above[j] : Math.min(row[j] + 1, row[j + 1]);
    cost.push(row);
  }
  const last = cost.at(-1), [least] = last.toSorted(), end = last.indexOf(least);
  for (let i = a.length, j = b.length; i + j;) {
    const what = j > end || !i ? "span" : j && a[i - 1] == b[j - 1] ? "mark" : j && cost[i][j] > cost[i][j - 1] ? "ins" : "del";
    const lost = what == "del", [text, passage] = theirs.at(lost && j < end ? j : j - 1) ?? [];
    passage?.steps.unshift([what, lost ? mine[i - 1] : text]);
    lost || j--;
    if (lost || what == "mark") i--;
  }
  return { data, change, least, held: passages.filter(({ steps }) => steps.some(([what]) => what !== "span")) };
}

async function check(address, mine) {
  const data = await get("index.json", address), { corrections = [] } = data;
  let best = compare(data, mine);
  for (const change of corrections.toReversed()) {
    const former = best.least && change.before && compare(await get(`v/${change.version - 1}/index.json`, address), mine, change);
    if (former?.least < best.least) best = former;
  }
  return { ...best, address, mine, noted: best.change ?? corrections.findLast(({ passages }) => best.held.some(({ id }) => passages.includes(id))) };
}

function show({ data, change, least, held, address, mine, noted }) {
  const node = template.content.cloneNode(true), its = { lang: data.language, dir: data.direction }, number = noted?.version - 1;
  const put = (name, textContent, more) => {
    const element = node.querySelector("." + name);
    textContent ? Object.assign(element ?? {}, { textContent }, more) : element?.remove();
  };
  const whole = !least && trimmed(held.map(({ text }) => text).join("\n")).length == mine.length;
  const voices = held.map(({ id, by }) => {
    const who = data.quotations?.find(({ passages }) => passages.includes(id)) ?? by, as = who.role || who.organisation ? who : data.offices?.[who.speaker];
    return who.name && [who.name, as?.role, as?.organisation].filter(Boolean).join(" · ");
  });
  put("answer", said[least ? "near" : "exact"]);
  put("how", said[least ? "differs" : whole ? "whole" : "part"]);
  if (!noted) put("correction");
  put("type", said[noted?.type]);
  put("stood", noted && tell(change ? "stood" : "changed", number, day(noted.at)));
  put("reason", noted?.note, its);
  put("now", noted && said.correction, { href: new URL("#correction-" + number, address) });
  put("who", [...new Set(voices)].filter(Boolean).join("\n"), its);
  put("title", data.title, { ...its, href: new URL(`${change ? `v/${number}/` : ""}#${held[0].id}`, address) });
  put("kind", said[data.kind]);
  put("date", data.date && day(data.day ?? data.date));
  put("tongue", data.language !== lang && tell("tongue", tongue(data.language)));
  put("translation", said[data.translation]);
  put("original", data.translation && data.original && tell("original", tongue(data.original)));
  const quote = Object.assign(node.querySelector("blockquote"), its);
  for (const { steps } of held) {
    const element = quote.appendChild(document.createElement("p"));
    for (const [what, text] of steps) {
      const name = whole ? "span" : what;
      if (element.lastChild?.localName !== name) element.append(document.createElement(name));
      element.lastChild.append(text);
    }
  }
  answers.append(node);
}

async function verify(text) {
  const mine = trimmed(text), pasted = counted(text), near = [];
  if (mine.length > 3000) return said.long;
  const { letters, tiers } = await get(index, index), count = (tag) => text.split(RegExp(letters[tag], "u")).length - 1, most = Math.max(...Object.keys(letters).map(count));
  for (const [number, [tier, languages]] of tiers.entries()) {
    status.textContent = tell("searching", `${number + 1}/${tiers.length}`);
    const found = await Promise.all(languages.filter((tag) => count(tag) * 5 >= most).map((tag) => candidates(`${tier}/${tag}.json`, pasted, mine)));
    near.push(...found.flat());
    const exact = near.filter(({ least }) => !least);
    exact.forEach(show);
    if (exact[0]) return tiers[number + 1] ? said.older : "";
  }
  const best = near.filter(({ least }) => least <= mine.length * 0.6).sort((one, other) => one.least - other.least).slice(0, 3);
  best.forEach(show);
  return best[0] ? "" : said.few;
}

form.hidden = false;
form.onsubmit = async (event) => {
  event.preventDefault();
  if (root.ariaBusy == "true") return;
  root.ariaBusy = true;
  answers.textContent = "";
  status.textContent = await verify(form[0].value.replace(RegExp(said.tail, "g"), "")).catch(() => said.failed);
  root.ariaBusy = false;
};
form.onkeydown = ({ key, ctrlKey, metaKey }) => {
  key == "Enter" && (ctrlKey || metaKey) && form.requestSubmit();
};
