// What is wrong, on the page, until a build goes well again.
const host = document.createElement("div"), root = host.attachShadow({ mode: "open" });
const style = document.createElement("link"), box = document.createElement("div");
style.rel = "stylesheet";
style.href = new URL("notice.css", import.meta.url);
// There before anything is said, so that a screen reader hears it.
box.setAttribute("role", "status");
host.lang = "en";
host.dir = "ltr";
root.append(style, box);
document.documentElement.append(host);
let said = "[]";

function element(name, text, ...parts) {
  const made = document.createElement(name);
  made.append(text, ...parts);
  return made;
}

export function tell(faults) {
  if (JSON.stringify(faults) === said) return;
  said = JSON.stringify(faults);
  box.replaceChildren();
  if (!faults.length) return;
  const items = faults.map(({ place, what, hint }) => element("li", "", ...(place ? [element("code", place), " "] : []), what, ...(hint ? [element("p", hint)] : [])));
  box.append(element("h2", "The last build failed; what you see is the one before"), element("ul", "", ...items));
  box.querySelector("ul").tabIndex = 0;
}
