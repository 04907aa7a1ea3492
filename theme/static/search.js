// Search: Pagefind knows the words, our facts say what a hit is. Nothing of either is loaded before it is used.
const root = new URL("..", import.meta.url), language = document.documentElement.lang, own = `/${language.toLowerCase()}/`;
const form = document.querySelector(".search form"), field = form.elements.q, { index, failed, plurals } = form.dataset;
const [told, clear, model] = form.querySelectorAll("output, button, template"), [rows, more] = document.querySelectorAll(".search > .rows, .more > button");
const tiers = form.dataset.tiers.match(/\S+/g) ?? [], at = (name) => new URL(`search/${name}/`, root).pathname;
let loading, hits = [], shown, turn = 0, wait;

const json = async (path) => (await fetch(new URL(path, root), { cache: "no-cache" })).json();

// The engine's own index is of nothing: the tiers are merged into it.
const load = () => (loading ??= Promise.all([
  import(new URL("search/engine/pagefind.js", root)), index == "zh" ? json("search/zh.json") : "  ", ...tiers.map((tier) => json(`search/${tier}/${index}.json`)),
]).then(async ([pagefind, [from, to], ...facts]) => {
  const engine = pagefind.createInstance({ basePath: at("engine"), baseUrl: "/" }), known = new Map(facts.flatMap(Object.entries));
  await Promise.all(tiers.map((tier) => engine.mergeIndex(at(tier), { baseUrl: "/" })));
  const find = async (words) => (await engine.search(words.replace(/\p{L}/gu, (one) => to[from.indexOf(one)] ?? one))).results.map((hit) => [known.get(hit.id), hit]);
  return async (words) => (words ? find(words) : [...known.values()].map((fact) => [fact]));
})).catch(() => {
  loading = 0;
  told.textContent = failed;
});

const search = async () => {
  const mine = ++turn, asked = Object.fromEntries(new FormData(form)), words = asked.q.trim(), any = Object.values(asked).some((one) => one.trim());
  document.querySelector(".archive").hidden = any;
  clear.hidden = !any;
  const find = any && tiers.length ? await load() : () => [], found = find && await find(words), once = new Map();
  if (!found || mine != turn) return;
  for (const [fact, hit] of found) {
    const fits = fact && ["kind", "topic", "speaker"].every((name) => !asked[name] || fact[name]?.includes(asked[name]));
    if (!fits || (asked.from && !(fact.month >= asked.from)) || (asked.until && !(fact.month <= asked.until))) continue;
    // A document in both scripts of Chinese is shown once, in the page's.
    const name = fact.url.replace(/[^/]+/, "");
    if (!once.has(name) || fact.url.startsWith(own)) once.set(name, [fact, hit]);
  }
  hits = [...once.values()];
  shown = 0;
  const forms = JSON.parse(plurals), count = hits.length;
  told.textContent = any ? forms[count ? new Intl.PluralRules(language).select(count) : "none"].replace("%(count)s", count) : "";
  show();
};

const show = async () => {
  const mine = turn, made = await Promise.all(hits.slice(shown, shown + 10).map(row));
  if (mine != turn) return;
  rows[shown ? "append" : "replaceChildren"](...made);
  more.hidden = (shown += 10) >= hits.length;
};

const row = async ([fact, hit]) => {
  const node = model.content.firstElementChild.cloneNode(true), link = node.querySelector("a"), summary = node.querySelector("p");
  const [hash, ...words] = hit ? passage(await hit.data()) : [""];
  link.href = new URL(`.${fact.url}${hash}`, root);
  link.textContent = fact.title;
  words.length ? summary.append(...words) : summary.remove();
  for (const item of node.querySelectorAll("li")) (item.textContent = fact[item.className] ?? "") || item.remove();
  node.lang = fact.lang ?? "";
  return node;
};

// The passage that has most of the words: its address, which lets the browser mark the first of them, and what stands around that.
const passage = ({ anchors, locations, raw_content: content }) => {
  const gap = content.includes("\u200b") ? "" : " ", all = content.replaceAll("&lt;", "<").replaceAll("&gt;", ">").split(gap ? /\s+/ : "\u200b");
  const places = anchors.map(({ id, location }, n) => {
    const words = all.slice(location, anchors[n + 1]?.location), marks = locations.map((one) => one - location).filter((one) => one in words);
    return { id, words, marks, weight: marks.length * (id == "_" ? 0.01 : 1) };
  });
  const { id, words, marks, weight } = places.reduce((one, other) => (other.weight > one.weight ? other : one), places[0] ?? { words: [], marks: [] });
  const first = marks[0] ?? 0, from = Math.max(0, first - 10), code = (...some) => encodeURIComponent(some.join(gap).trim()).replaceAll("-", "%2D");
  const before = words.slice(Math.max(0, first - 3), first), word = words[first]?.replace(/[^\p{L}\p{N}]+$/u, "");
  return [
    weight >= 1 ? `#${id}:~:text=${first ? `${code(...before)}-,` : ""}${code(word)}` : "", from ? "… " : "",
    ...words.slice(from, from + 36).flatMap((one, n) => {
      const mark = document.createElement("mark");
      mark.textContent = one;
      return [marks.includes(n + from) ? mark : one, gap];
    }), words.length > from + 36 ? "…" : "",
  ];
};

const read = () => {
  const asked = new URLSearchParams(location.search);
  for (const one of form.elements) if (one.name && (one.value = asked.get(one.name) ?? "", one.selectedIndex < 0)) one.value = "";
  search();
};

// The address is the search: one step back for each.
const write = () => {
  const asked = new URLSearchParams([...new FormData(form)].filter(([, value]) => value.trim()));
  history.pushState(null, "", asked.size ? `?${asked}` : location.pathname);
  search();
};

form.oninput = () => {
  clearTimeout(wait);
  wait = setTimeout(search, 150);
};
form.onchange = write;
form.onsubmit = (event) => event.preventDefault();
form.onreset = () => setTimeout(() => { write(); field.focus(); });
form.addEventListener("focusin", () => tiers.length && load());
more.onclick = show;
onpopstate = read;
onkeydown = (event) => {
  const { key, target } = event, links = [...rows.querySelectorAll("h2 a")], n = links.indexOf(target), inside = n >= 0 || form.contains(target);
  if (key == "/" && !event.ctrlKey && !event.metaKey && !event.altKey && !target.closest("input, select")) field.focus();
  else if (key == "Escape" && inside) form.reset();
  else if (/^Arrow(Up|Down)$/.test(key) && (n >= 0 || target == field)) (links[key == "ArrowDown" ? n + 1 : n - 1] ?? (n ? target : field)).focus();
  else return;
  event.preventDefault();
};
form.hidden = false;
read();
