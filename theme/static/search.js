// Search: Pagefind knows the words, our facts say what a hit is. Nothing of either is loaded before it is used.
const root = new URL("..", import.meta.url), form = document.querySelector(".search form"), fields = [...form.elements].filter((field) => field.name);
const [rows, more] = document.querySelectorAll(".search > .rows, .search > .more > button"), archive = document.querySelector(".archive");
const told = form.querySelector("output"), clear = form.querySelector("button"), { index, failed } = form.dataset;
const tiers = form.dataset.tiers.split(" ").filter(Boolean), plurals = JSON.parse(form.dataset.plurals);
const page = document.documentElement.lang, own = location.pathname.slice(root.pathname.length - 1).split("/")[1];
let loading, hits = [], shown, turn = 0, typing;

const json = async (path) => {
  const answer = await fetch(new URL(path, root), { cache: "no-cache" });
  if (!answer.ok) throw answer;
  return answer.json();
};

// The engine's own index is of nothing; the tiers are merged into it.
const load = () => (loading ??= (async () => {
  const at = (name) => new URL(`search/${name}/`, root).pathname;
  const [pagefind, [from, to], ...facts] = await Promise.all([
    import(new URL("search/engine/pagefind.js", root)), index == "zh" ? json("search/zh.json") : ["", ""], ...tiers.map((tier) => json(`search/${tier}/${index}.json`)),
  ]);
  const engine = pagefind.createInstance({ basePath: at("engine"), baseUrl: "/" });
  await Promise.all(tiers.map((tier) => engine.mergeIndex(at(tier), { baseUrl: "/" })));
  return { engine, facts: new Map(facts.flatMap(Object.entries)), fold: (text) => text.replace(/\p{sc=Han}/gu, (one) => to[from.indexOf(one)] ?? one) };
})());

const search = async () => {
  const mine = ++turn, asked = Object.fromEntries(new FormData(form)), q = asked.q.trim(), any = fields.some((field) => field.value.trim());
  archive.hidden = any;
  clear.hidden = !any;
  let found = [];
  try {
    if (any && tiers.length) {
      const { engine, facts, fold } = await load();
      found = q ? (await engine.search(fold(q))).results.map((hit) => [facts.get(hit.id), hit]) : [...facts.values()].map((fact) => [fact]);
    }
  } catch {
    loading = 0;
    if (mine == turn) told.textContent = failed;
    return;
  }
  if (mine != turn) return;
  const once = new Map();
  for (const [fact, hit] of found) {
    if (!fact || (asked.kind && fact.kind != asked.kind) || (asked.topic && !fact.topics?.includes(asked.topic))) continue;
    if ((asked.speaker && !fact.speakers?.includes(asked.speaker)) || (asked.from && !(fact.date >= asked.from))) continue;
    if (asked.until && !(fact.date?.slice(0, 7) <= asked.until)) continue;
    // A document in both scripts of Chinese is shown once, in the page's.
    const [, lang, ...rest] = fact.url.split("/"), name = rest.join("/");
    if (lang == own || !once.has(name)) once.set(name, [fact, hit]);
  }
  hits = [...once.values()];
  shown = 0;
  told.textContent = any ? (hits.length ? plurals[new Intl.PluralRules(page).select(hits.length)] ?? plurals.other : plurals.none).replace("%(count)s", hits.length) : "";
  await show(mine);
};

const show = async (mine = turn) => {
  const made = await Promise.all(hits.slice(shown, shown + 10).map(row));
  if (mine != turn) return;
  if (!shown) rows.textContent = "";
  rows.append(...made);
  shown += 10;
  more.hidden = shown >= hits.length;
};

const row = async ([fact, hit]) => {
  const node = form.querySelector("template").content.firstElementChild.cloneNode(true), [link, summary, kind, day, held] = node.querySelectorAll("a, p, li");
  const [hash, ...words] = hit ? await passage(fact, await hit.data()) : [""];
  link.href = new URL(`.${fact.url}${hash}`, root);
  link.textContent = fact.title;
  summary.append(...words);
  kind.textContent = form.elements.kind?.querySelector(`[value="${fact.kind}"]`)?.textContent ?? "";
  day.textContent = fact.day ?? "";
  held.textContent = fact.held ?? "";
  for (const part of [summary, kind, day, held]) if (!part.firstChild) part.remove();
  if (fact.lang) node.lang = fact.lang;
  return node;
};

// The passage with most of the words: its address, which has the browser mark the first of them, and what stands around that.
const passage = async ({ folded, url }, { anchors, locations, raw_content: content }) => {
  const split = content.includes("\u200b") ? "\u200b" : /\s+/, between = split == "\u200b" ? "" : " ", starts = anchors.map((anchor) => anchor.location);
  const of = (place) => starts.findLastIndex((start) => start <= place), count = (at) => locations.filter((place) => of(place) == at).length;
  const best = Math.max(0, anchors.map((_, at) => at).reduce((one, other) => (count(other) > count(one) ? other : one), 0)), { id, location: start } = anchors[best] ?? {};
  const plain = (html) => new DOMParser().parseFromString(html, "text/html").body.textContent;
  let words = content.split(split).slice(start, starts[best + 1]).map(plain);
  const marked = locations.filter((place) => of(place) == best).map((place) => place - start), first = marked[0] ?? 0;
  if (folded) {
    const { passages = [], segments = [], summary = "" } = await json(`.${url}index.json`);
    const text = [...passages, ...segments.flatMap((one) => one.passages)].find((one) => one.id == id)?.text ?? summary;
    let at = 0;
    words = words.join("").trim().length == text.length ? words.map((word) => text.slice(at, (at += word.length))) : [text];
  }
  const code = (part) => encodeURIComponent(part.join(between).trim()).replaceAll("-", "%2D"), word = (words[first] ?? "").replace(/[^\p{L}\p{N}]+$/u, "");
  const mark = marked.length && `:~:text=${first ? `${code(words.slice(Math.max(0, first - 3), first))}-,` : ""}${code([word])}`;
  const from = Math.max(0, first - 10), around = words.slice(from, first + 24).flatMap((one, at) => {
    const found = document.createElement("mark");
    found.textContent = one;
    return [marked.includes(at + from) ? found : one, between];
  });
  return [id == "_" || !id || !marked.length ? "" : `#${id}${mark}`, from ? "… " : "", ...around, first + 24 < words.length ? "…" : ""];
};

const read = () => {
  const asked = new URLSearchParams(location.search);
  for (const field of fields) {
    field.value = asked.get(field.name) ?? "";
    if (field.selectedIndex < 0) field.value = "";
  }
  return search();
};

// The address is the search: one step back for each, not for each letter.
const write = () => {
  const asked = new URLSearchParams([...new FormData(form)].filter(([, value]) => value.trim()));
  history[typing ? "replaceState" : "pushState"](null, "", asked.size ? `?${asked}` : location.pathname);
  return search();
};

let wait;
form.addEventListener("input", (event) => {
  clearTimeout(wait);
  const text = event.target.type == "search";
  wait = setTimeout(() => { write(); typing = text; }, text ? 150 : 0);
});
form.addEventListener("change", () => (typing = false));
form.addEventListener("submit", (event) => event.preventDefault());
form.addEventListener("reset", () => setTimeout(() => { write(); form.elements.q.focus(); }));
form.addEventListener("focusin", () => tiers.length && load().catch(() => (loading = 0)));
more.addEventListener("click", () => show());
addEventListener("popstate", read);
addEventListener("keydown", (event) => {
  const { key, target } = event, links = [...rows.querySelectorAll("h2 a")], at = links.indexOf(target), field = form.elements.q;
  if (key == "/" && !event.ctrlKey && !event.metaKey && !event.altKey && !target.closest("input, select, textarea")) field.focus();
  else if (key == "Escape" && (at >= 0 || form.contains(target))) form.reset();
  else if (/^Arrow(Up|Down)$/.test(key) && (at >= 0 || target == field)) (links[at + (key == "ArrowDown" ? 1 : -1)] ?? (at ? target : field)).focus();
  else return;
  event.preventDefault();
});
form.hidden = false;
read();
