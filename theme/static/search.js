// Pagefind finds the words, our facts say what a hit is.
const { lang } = document.documentElement, all = (selector, of = document) => [...of.querySelectorAll(selector)];
const [form, rows, more, archive] = all(".search form, .search > .rows, .more > button, .archive"), [told, clear, model] = all("output, button, template", form);
const { index, failed, folding, locale, plurals } = form.dataset, tiers = form.dataset.tiers.match(/\S+/g) ?? [];
let engine, loading, hits, shown, turn = 0, wait, last;

const at = (path) => new URL("../search/" + path, import.meta.url).href, json = async (path) => (await fetch(at(path), { cache: "no-cache" })).json();

const load = () => (loading ??= Promise.all([
  import(at("engine/pagefind.js")), folding ? json(folding) : "$ ", ...tiers.map((tier) => json(`${tier}/${index}.json`)),
]).then(async ([found, [from, to], ...facts]) => {
  engine = found;
  // Tiers may share an id.
  const known = facts.flatMap(Object.entries), named = Map.groupBy(known, ([id]) => id);
  await Promise.all(tiers.map((tier) => engine.mergeIndex(at(tier + "/"))));
  return async (words) => words
    ? Promise.all((await engine.search(words.replace(/./gu, (one) => to[from.indexOf(one)] ?? one))).results.map(async (hit) => {
      const same = named.get(hit.id), url = same?.[1] && (await hit.data()).raw_url;
      return [...same?.find(([, fact]) => !url || fact.url == url) ?? [], hit];
    }))
    : known;
}));

// Pagefind keeps failures.
onunhandledrejection = () => {
  engine?.destroy();
  loading = last = null;
  told.textContent = failed;
  more.hidden = true;
  rows.replaceChildren();
  return false;
};

const asked = () => [...new FormData(form)].filter(([, value]) => value.trim());

const query = () => "" + new URLSearchParams(asked());

// A press on a result ends the typing.
const search = async () => {
  if (last == (last = query())) return;
  const mine = ++turn, { q, from = "", until = "", ...same } = Object.fromEntries(asked()), found = last && tiers[0] ? await (await load())(q) : [], once = {};
  if (mine != turn) return;
  for (const one of found) {
    const [, fact] = one;
    if (!fact || (from + until && !(fact.month >= from && fact.month <= (until || "9"))) || Object.keys(same).some((name) => !fact[name]?.includes(same[name]))) continue;
    // Chinese in both scripts is shown once.
    const name = fact.url.replace(/[^/]+/, "");
    if (!once[name] || fact.lang == lang) once[name] = one;
  }
  hits = Object.values(once);
  shown = 0;
  archive.hidden = !!last;
  clear.hidden = !last;
  told.textContent = last && JSON.parse(plurals)[hits[0] ? new Intl.PluralRules(lang).select(hits.length) : "none"].replace("%(count)s", hits.length.toLocaleString(locale));
  show();
};

const show = async () => {
  const mine = turn, made = await Promise.all(hits.slice(shown, shown + 10).map(row));
  if (mine != turn) return;
  rows[shown ? "append" : "replaceChildren"](...made);
  more.hidden = (shown += 10) >= hits.length;
};

const row = async ([, fact, hit]) => {
  const node = model.content.firstElementChild.cloneNode(true), [link, summary, ...items] = all("a, p, li", node);
  link.href = at(".." + fact.url);
  link.textContent = fact.title;
  for (const item of items) item.textContent = fact[item.className] ?? "";
  if (hit) {
    // Most of the words.
    const weight = ({ anchor, locations }) => locations.length * ({ undefined: 1, _: 9 }[anchor?.id] ?? 99), code = (text) => encodeURIComponent(text.trim()).replaceAll("-", "%2D");
    const [{ anchor, excerpt, plain_excerpt: plain }] = (await hit.data()).sub_results.sort((one, other) => weight(other) - weight(one));
    const [, before, word] = excerpt.match(/((?:[^\s;]+ ){0,3}|[^\s;]{0,4})<mark>(.+?)[^\p{L}\p{N}]*<\/mark>/u) ?? [];
    if (anchor && anchor.id != "_") link.hash = anchor.id + (word ? `:~:text=${before && code(before) + "-,"}${code(word)}` : "");
    // Escaped by Pagefind.
    summary.innerHTML = excerpt + (anchor?.text.length > plain.length + 1 ? " …" : "");
  }
  for (const part of all(":empty", node)) part.remove();
  if (fact.lang) node.lang = fact.lang;
  return node;
};

const read = () => {
  const given = new URLSearchParams(location.search);
  for (const one of all("[name]", form)) if ((one.value = given.get(one.name) ?? "", one.selectedIndex < 0)) one.value = "";
  search();
};

const write = () => {
  history.pushState(0, "", query() ? "?" + query() : location.pathname);
  search();
};

form.oninput = () => {
  clearTimeout(wait);
  wait = setTimeout(search, 150);
};
form.onchange = write;
form.onsubmit = () => false;
form.onreset = () => setTimeout(() => { write(); form.q.focus(); });
form.q.onfocus = tiers[0] && load;
more.onclick = show;
onpopstate = read;
onkeydown = ({ key, target }) => {
  if (key == "Escape" && (target == form.q || rows.contains(target))) form.reset();
  if (key == "/" && !target.closest("input, select")) return form.q.focus(), false;
};
form.hidden = false;
read();
