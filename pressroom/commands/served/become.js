// Makes the text of a page that of a newer one, and leaves alone all that is the same: what is scrolled, focused, marked, opened or played stays so.
const placeOf = (node) => node && node !== document.body && node.parentNode ? [...placeOf(node.parentNode), [...node.parentNode.children].indexOf(node)] : [];

export function become(page, fresh) {
  const focused = document.activeElement, place = placeOf(focused), target = document.querySelector(":target"), { scrollX, scrollY } = window;
  setAttributes(page, fresh);
  change(document.body, fresh.querySelector("body"));
  if (!focused.isConnected) (document.getElementById(focused.id) ?? place.reduce((node, at) => node?.children[at], document.body))?.focus({ preventScroll: true });
  // Other words have another fingerprint: the mark goes with the passage.
  if (target?.isConnected && target.id) history.replaceState(history.state, "", `#${target.id}`);
  else if (target && document.getElementById(target.id)) {
    location.replace(`#${target.id}`);
    scrollTo(scrollX, scrollY);
  }
  // What stands open says so again, for its content may be new.
  for (const open of document.querySelectorAll("details[open]")) open.dispatchEvent(new Event("toggle"));
}

function change(old, fresh) {
  if (old.isEqualNode(fresh)) return;
  if (old.nodeName !== fresh.nodeName) return old.replaceWith(fresh);
  if (old.nodeType !== Node.ELEMENT_NODE) return void (old.data = fresh.data);
  setAttributes(old, fresh);
  const before = [...old.childNodes], after = [...fresh.childNodes];
  let follows = null;
  while (before.length && after.length && before[0].isEqualNode(after[0])) before.shift(), after.shift();
  while (before.length && after.length && before.at(-1).isEqualNode(after.at(-1))) follows = before.pop(), after.pop();
  // What lies between is taken one for one.
  for (const node of before.splice(after.length)) node.remove();
  before.forEach((node, at) => change(node, after[at]));
  for (const node of after.slice(before.length)) old.insertBefore(node, follows);
}

function setAttributes(old, fresh) {
  for (const { name } of [...old.attributes]) if (!fresh.hasAttribute(name) && name !== "open") old.removeAttribute(name);
  for (const { name, value } of fresh.attributes) if (old.getAttribute(name) !== value) old.setAttribute(name, value);
}
