// A recording and its transcript: a time leads into the player on the page, and what is being said is marked.
const players = new Map();
for (const media of document.querySelectorAll(".player > :is(audio, video)")) {
  const player = { media, marks: [] };
  for (const source of media.querySelectorAll("source")) players.set(source.src, player);
}

for (const link of document.querySelectorAll(".cue > a")) {
  const [file, time] = link.href.split("#t=");
  const player = players.get(file);
  if (!player) continue;
  const at = Number(time);
  const cue = link.parentElement;
  player.marks.push({ at, words: cue.closest(".speaker")?.parentElement ?? cue.nextElementSibling });
  link.addEventListener("click", (event) => {
    const { media } = player;
    if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey || media.networkState === media.NETWORK_NO_SOURCE) return;
    event.preventDefault();
    media.currentTime = at;
    media.play().catch(() => {});
  });
}

for (const { media, marks } of new Set(players.values())) {
  let spoken;
  marks.sort((a, b) => a.at - b.at);
  const follow = () => {
    const words = media.ended ? undefined : marks.filter((mark) => mark.at <= media.currentTime).at(-1)?.words;
    if (words === spoken) return;
    spoken?.removeAttribute("aria-current");
    words?.setAttribute("aria-current", "true");
    spoken = words;
  };
  for (const type of ["timeupdate", "seeked", "ended"]) media.addEventListener(type, follow);
}
