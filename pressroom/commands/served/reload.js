// An open page of the preview hears what a build wrote, and shows it without losing its place. No built file names this module.
import { become } from "./become.js";
import { tell } from "./notice.js";

const folder = new URL(".", import.meta.url).pathname;
const file = (url) => decodeURIComponent(new URL(url, location).pathname).slice(1).replace(/(^|\/)$/, "$1index.html");
const attribute = (part) => part.getAttribute("src") ?? part.getAttribute("href");
const partsOf = (page) => [...page.querySelectorAll("head :is(script[src], [rel=stylesheet])")].map(attribute).filter((part) => !part.startsWith(folder));
const page = file(location), parts = partsOf(document);
const tabs = new BroadcastChannel("pressroom");
let at = new URL(import.meta.url).search.slice(1), turn = 0, last;

performance.setResourceTimingBufferSize(5000);

// One tab listens and tells the others, for a browser has six connections to a host. When it is closed, another takes its place.
function listen() {
  const stream = new EventSource(folder + "events");
  stream.onmessage = ({ data }) => {
    last = JSON.parse(data);
    tabs.postMessage(last);
    hear(last);
  };
  stream.onerror = () => stream.readyState === EventSource.CLOSED && setTimeout(listen, 1000);
}

const ask = () => tabs.postMessage("");
tabs.onmessage = ({ data }) => data ? hear(data) : last && tabs.postMessage(last);
onpageshow = ({ persisted }) => persisted && ask();
ask();
// Without a secure context there are no locks, and every tab listens.
navigator.locks ? navigator.locks.request("pressroom", () => new Promise(listen)) : listen();

function hear({ build, before, paths, faults }) {
  tell(faults);
  if (build === at) return;
  const missed = before !== at || !paths;
  at = build;
  if (missed) return location.reload();
  const loaded = new Set(performance.getEntriesByType("resource").map(({ name }) => name).filter((name) => name.startsWith(origin)).map(file));
  const styles = [...document.querySelectorAll("link[rel=stylesheet]")].filter((link) => paths.includes(file(link.href)));
  // A script, a picture, a style that another imports: a page that has one does not let go of it.
  if (paths.some((path) => path !== page && loaded.has(path) && !styles.some((link) => file(link.href) === path))) return location.reload();
  styles.forEach(restyle);
  if (paths.includes(page)) renew();
}

function restyle(link) {
  const next = link.cloneNode();
  next.href = `${link.href.split("?")[0]}?${at}`;
  next.onload = next.onerror = () => link.remove();
  link.after(next);
}

async function renew() {
  const mine = ++turn, answer = await fetch(location, { cache: "no-store" }), text = await answer.text();
  if (mine !== turn) return;
  const fresh = new DOMParser().parseFromString(text, "text/html");
  if ("" + partsOf(fresh) !== "" + parts) return location.reload();
  document.title = fresh.title;
  become(document.documentElement, fresh.documentElement);
  // The page's own modules take hold of what is new.
  for (const part of parts) if (part.includes(".js")) import(new URL(`${part}?${at}`, location));
}
