// The times of a transcript lead into the player, and what is being said is marked.
const players = new Map();
for (const media of document.querySelectorAll(".player > :is(audio, video)")) {
  const marks = [];
  let spoken;
  for (const { src } of media.querySelectorAll("source")) players.set(src, { media, marks });
  media.ontimeupdate = media.onseeked = media.onended = () => {
    const words = media.ended ? null : marks.findLast(({ at }) => at <= media.currentTime)?.words;
    if (words === spoken) return;
    if (spoken) spoken.ariaCurrent = null;
    if (words) words.ariaCurrent = true;
    spoken = words;
  };
}

for (const link of document.querySelectorAll(".cue > a")) {
  const [file, time] = link.href.split("#t="), at = Number(time), cue = link.parentElement, { media, marks } = players.get(file) ?? {};
  if (!media) continue;
  marks.push({ at, words: cue.closest(".speaker")?.parentElement ?? cue.nextElementSibling });
  marks.sort((a, b) => a.at - b.at);
  link.onclick = ({ ctrlKey, metaKey, shiftKey, altKey }) => {
    if (ctrlKey || metaKey || shiftKey || altKey || media.networkState === media.NETWORK_NO_SOURCE) return;
    media.currentTime = at;
    media.play().catch(() => {});
    return false;
  };
}
