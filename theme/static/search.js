// Search: Pagefind knows the words, our facts say what a hit is. Nothing of either is loaded before it is used.
const root = new URL("..", import.meta.url), { lang } = document.documentElement, all = (selector, of = document) => [...of.querySelectorAll(selector)];
const [form, rows, more, archive] = all(".search form, .search > .rows, .more > button, .archive"), [told, clear, model] = all("output, button, template", form);
const { index, failed, plurals } = form.dataset, tiers = form.dataset.tiers.match(/\S+/g) ?? [], field = form.elements.q;
let loading, hits, shown, turn = 0, wait;

const at = (path) => new URL(path, root), json = async (path) => (await fetch(at(path), { cache: "no-cache" })).json();

// The engine's own index is of nothing: the tiers are merged into it. Chinese is looked for as the index folds it.
const load = () => (loading ??= Promise.all([
  import(at("search/engine/pagefind.js")), index == "zh" ? json("search/zh.json") : "  ", ...tiers.map((tier) => json(`search/${tier}/${index}.json`)),
]).then(async ([{ createInstance }, [from, to], ...facts]) => {
  const baseUrl = "/", engine = createInstance({ basePath: at("search/engine/").pathname, baseUrl }), known = new Map(facts.flatMap(Object.entries));
  await Promise.all(tiers.map((tier) => engine.mergeIndex(at(`search/${tier}/`).pathname, { baseUrl })));
  return async (words) => words
    ? (await engine.search(words.replace(/\p{L}/gu, (one) => to[from.indexOf(one)] ?? one))).results.map((hit) => [known.get(hit.id), hit])
    : [...known.values()].map((fact) => [fact]);
}).catch(() => {
  loading = null;
  told.textContent = failed;
}));

const asked = () => [...new FormData(form)].filter(([, value]) => value.trim());

const search = async () => {
  const mine = ++turn, { q, from, until, ...same } = Object.fromEntries(asked()), any = asked().length, find = any && tiers.length ? await load() : () => [];
  const found = await find?.(q), once = new Map();
  if (!found || mine != turn) return;
  for (const one of found) {
    const fact = one[0];
    if (!fact || (from && !(fact.month >= from)) || (until && !(fact.month <= until)) || Object.keys(same).some((name) => !fact[name]?.includes(same[name]))) continue;
    // A document in both scripts of Chinese is shown once, in the page's.
    const name = fact.url.replace(/[^/]+/, "");
    if (!once.has(name) || fact.url.startsWith(`/${lang.toLowerCase()}/`)) once.set(name, one);
  }
  hits = [...once.values()];
  shown = 0;
  archive.hidden = any;
  clear.hidden = !any;
  told.textContent = any ? JSON.parse(plurals)[hits[0] ? new Intl.PluralRules(lang).select(hits.length) : "none"].replace("%(count)s", hits.length) : "";
  show();
};

const show = async () => {
  const mine = turn, made = await Promise.all(hits.slice(shown, shown + 10).map(row));
  if (mine != turn) return;
  rows[shown ? "append" : "replaceChildren"](...made);
  more.hidden = (shown += 10) >= hits.length;
};

const row = async ([fact, hit]) => {
  const node = model.content.firstElementChild.cloneNode(true), [link, summary, ...items] = all("a, p, li", node), [hash, excerpt] = hit ? passage(await hit.data()) : ["", ""];
  link.href = at(`.${fact.url}${hash}`);
  link.textContent = fact.title;
  // Pagefind has escaped all but its own marks.
  summary.innerHTML = excerpt;
  for (const item of items) item.textContent = fact[item.className] ?? "";
  for (const part of [summary, ...items]) part.firstChild || part.remove();
  if (fact.lang) node.lang = fact.lang;
  return node;
};

// The passage that has most of the words: its address, which lets the browser mark the first of them, and what stands around that.
const passage = ({ sub_results: parts }) => {
  const weight = ({ anchor, locations }) => locations.length * (!anchor ? 1 : anchor.id == "_" ? 9 : 99);
  const [{ anchor, excerpt, plain_excerpt: plain }] = parts.sort((one, other) => weight(other) - weight(one)), [, before, word] = excerpt.match(/((?:\S+ ){0,3}|\S{0,4})<mark>(.+?)[^\p{L}\p{N}]*<\/mark>/u) ?? [];
  const code = (text) => encodeURIComponent(text.trim()).replaceAll("-", "%2D");
  return [anchor && anchor.id != "_" ? `#${anchor.id}${word ? `:~:text=${before && `${code(before)}-,`}${code(word)}` : ""}` : "", excerpt + (anchor?.text.length > plain.length + 1 ? " …" : "")];
};

const read = () => {
  const given = new URLSearchParams(location.search);
  for (const one of all("[name]", form)) if ((one.value = given.get(one.name) ?? "", one.selectedIndex < 0)) one.value = "";
  search();
};

// The address is the search: one step back for each.
const write = () => {
  history.pushState(0, "", asked()[0] ? `?${new URLSearchParams(asked())}` : location.pathname);
  search();
};

form.oninput = () => {
  clearTimeout(wait);
  wait = setTimeout(search, 150);
};
form.onchange = write;
form.onsubmit = () => false;
form.onreset = () => setTimeout(() => { write(); field.focus(); });
form.addEventListener("focusin", () => tiers[0] && load());
more.onclick = show;
onpopstate = read;
onkeydown = ({ key, target, ctrlKey, metaKey, altKey }) => {
  if (key == "Escape" && (target == field || rows.contains(target))) form.reset();
  else if (key == "/" && !ctrlKey && !metaKey && !altKey && !target.closest("input, select")) return field.focus(), false;
};
form.hidden = false;
read();
