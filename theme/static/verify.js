// Verify a quote: the index of words (docs/data.md) says where it may stand, and what stands there is compared here. Nothing that is pasted leaves the page.
import { counted, pieces, words } from "./words.js";

const EDGE = /^[".,;:!?()[\]。、،؛؟]*$/;
const LONGEST = 3000, MOST = 8, NEAR = 0.6;

const { lang } = document.documentElement, root = document.querySelector(".verify"), said = root.dataset;
const [form, status, results, template] = root.children, index = new URL(said.index, location);

const tell = (word, value, date) => said[word].replace("%(value)s", value).replace("%(date)s", date);
const day = (text) => new Intl.DateTimeFormat(lang + "-u-nu-latn-ca-gregory", { dateStyle: "long", timeZone: "UTC" }).format(new Date(text.slice(0, 10)));
const tongue = (tag) => new Intl.DisplayNames(lang, { type: "language" }).of(tag);

function trimmed(text) {
  const found = pieces(text), stays = (piece) => !EDGE.test(words(piece));
  return found.slice(found.findIndex(stays), found.findLastIndex(stays) + 1);
}

async function get(place, base) {
  const answer = await fetch(new URL(place, base));
  if (!answer.ok) throw answer;
  return answer.json();
}

// The last 24 bits of a gram's CRC-32, in base64.
function hash(gram) {
  let sum = -1;
  for (const byte of new TextEncoder().encode(gram.join(" "))) {
    sum ^= byte;
    for (let bit = 8; bit--;) sum = sum >>> 1 ^ (sum & 1 && 0xedb88320);
  }
  return btoa(String.fromCharCode(~sum >> 16 & 255, ~sum >> 8 & 255, ~sum & 255));
}

// The documents of a file of the index that share most hashes with the words.
async function candidates(place, pasted) {
  const { gram, window, documents } = await get(place, index), wanted = new Set([hash(pasted)]);
  for (let at = 0; at + gram <= pasted.length; at++) wanted.add(hash(pasted.slice(at, at + gram)));
  said.few = pasted.length < gram + window - 1 ? said.short : said.nothing;
  return Object.keys(documents).map((address) => [documents[address].match(/.{4}/g)?.filter((code) => wanted.has(code)).length, address])
    .filter(([hits]) => hits && hits >= wanted.size / 20).sort((one, other) => other[0] - one[0]).slice(0, MOST);
}

// The stretch of `b` that all of `a` comes to in the fewest steps: what each piece of it is there, and what of `a` is gone before it.
function align(a, b) {
  const width = b.length + 1, cost = new Uint16Array((a.length + 1) * width), kinds = [], gone = [];
  for (let i = 0, at = width; i < a.length; i++) {
    cost[at++] = i + 1;
    for (let j = 0; j < b.length; j++, at++) cost[at] = a[i] === b[j] ? cost[at - width - 1] : 1 + Math.min(cost[at - 1], cost[at - width]);
  }
  const last = cost.subarray(-width), least = last.reduce((one, other) => Math.min(one, other));
  for (let i = a.length, j = last.indexOf(least); i;) {
    if (j && a[i - 1] === b[j - 1]) i--, kinds[--j] = "mark";
    else if (j && cost[i * width + j] > cost[i * width + j - 1]) kinds[--j] = "ins";
    else gone[j] = [--i, ...gone[j] ?? []];
  }
  return { least, kinds, gone };
}

// What a text of an edition has of the words; `change` is the correction that took the place of an earlier one.
function compare(data, mine, change) {
  const passages = (data.segments ?? []).flatMap((by) => by.passages.map((passage) => ({ ...passage, by })))
    .concat(data.passages?.map((passage) => ({ ...passage, by: data.quotations?.find((found) => found.passages.includes(passage.id)) })) ?? [])
    .sort((one, other) => one.line - other.line);
  const theirs = passages.flatMap((passage) => pieces(passage.text).map((text) => ({ text, passage })));
  const found = align(mine.map(words), theirs.map(({ text }) => words(text))), of = theirs.filter((_, j) => found.kinds[j]);
  return { ...found, data, change, theirs, held: passages.slice(passages.indexOf(of[0]?.passage), passages.indexOf(of.at(-1)?.passage) + 1) };
}

async function check(address, mine) {
  const data = await get("index.json", address);
  let best = compare(data, mine);
  for (const change of data.corrections?.toReversed() ?? []) {
    if (!best.least) break;
    const former = change.before && compare(await get(`v/${change.version - 1}/index.json`, address), mine, change);
    if (former.least < best.least) best = former;
  }
  return { ...best, address, noted: best.change ?? data.corrections?.findLast(({ passages }) => best.held.some(({ id }) => passages.includes(id))) };
}

function show({ least, kinds, gone, data, change, noted, theirs, held, address }, mine) {
  const node = template.content.cloneNode(true), its = { lang: data.language, dir: data.direction }, number = noted?.version - 1;
  const whole = !least && trimmed(held.map(({ text }) => text).join("\n")).length === mine.length;
  const quote = Object.assign(node.querySelector("blockquote"), its);
  const put = (name, text, more) => {
    const element = node.querySelector("." + name);
    text ? Object.assign(element, { textContent: text }, more) : element?.remove();
  };
  if (!noted) node.querySelector(".correction").remove();
  put("answer", said[least ? "near" : "exact"]);
  put("how", said[least ? "differs" : whole ? "whole" : "part"]);
  put("type", said[noted?.type]);
  put("stood", noted && tell(change ? "stood" : "changed", number, day(noted.at)));
  put("reason", noted?.note, its);
  put("now", noted && said.correction, { href: new URL("#correction-" + number, address) });
  put("who", [...new Set(held.map(({ by = {} }) => {
    const { role, organisation } = by.role || by.organisation ? by : data.offices?.[by.speaker] ?? {};
    return [by.name, role, organisation].filter(Boolean).join(" · ");
  }))].join("\n").trim(), its);
  put("title", data.title, { ...its, href: new URL(`${change ? `v/${number}/` : ""}#${held[0].id}`, address) });
  put("kind", said[data.kind]);
  put("date", data.date && day(data.date));
  put("tongue", data.language !== lang && tell("tongue", tongue(data.language)));
  put("translation", said[data.translation]);
  put("original", data.translation && tell("original", tongue(data.original)));
  for (const one of held) {
    const line = document.createElement("p"), write = (what, text) => {
      if (line.lastChild?.localName !== what) line.append(document.createElement(what));
      line.lastChild.append(text);
    };
    theirs.forEach(({ text, passage }, j) => {
      if (passage !== one) return;
      const lost = (at) => gone[at]?.forEach((i) => write("del", mine[i]));
      if (kinds[j]) lost(j);
      write(whole ? "span" : kinds[j] ?? "span", text);
      if (kinds[j] && !kinds[j + 1]) lost(j + 1);
    });
    quote.append(line);
  }
  results.append(node);
}

async function verify(text) {
  const mine = trimmed(text), pasted = counted(text);
  if (mine.length > LONGEST) return said.long;
  const { scripts, tiers } = await get(index), near = [];
  const letters = (tag) => text.match(new RegExp(`[${scripts[tag].map((script) => `\\p{sc=${script}}`).join("")}]`, "gu"))?.length ?? 0;
  const most = Math.max(...Object.keys(scripts).map(letters));
  for (const [number, [tier, languages]] of tiers.entries()) {
    status.textContent = tell("searching", `${number + 1}/${tiers.length}`);
    const found = await Promise.all(languages.filter((tag) => letters(tag) * 5 >= most).map((tag) => candidates(`${tier}/${tag}.json`, pasted)));
    near.push(...await Promise.all(found.flat().map(([, address]) => check(new URL("../" + address, index), mine))));
    const exact = near.filter(({ least }) => !least);
    exact.forEach((found) => show(found, mine));
    if (exact.length) return tiers[number + 1] ? said.older : "";
  }
  const best = near.filter(({ least }) => least <= mine.length * NEAR).sort((one, other) => one.least - other.least).slice(0, 3);
  best.forEach((found) => show(found, mine));
  return best.length ? "" : said.few;
}

form.hidden = false;
form.onsubmit = async (event) => {
  event.preventDefault();
  if (root.ariaBusy === "true") return;
  root.ariaBusy = true;
  results.replaceChildren();
  status.textContent = await verify(form.querySelector("textarea").value).catch(() => said.failed);
  root.ariaBusy = false;
};
form.onkeydown = ({ key, ctrlKey, metaKey }) => {
  if (key === "Enter" && (ctrlKey || metaKey)) form.requestSubmit();
};
